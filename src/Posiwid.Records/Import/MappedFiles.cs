namespace Posiwid.Records.Import;

/// <summary>The files of a folder, as a mapping describes them.</summary>
internal sealed class MappedFiles(string folder, IReadOnlyList<MappedSource> sources) : IImportSource
{
    public void Read(Staging staging)
    {
        var ends = new Dictionary<string, string>();
        foreach (var (code, label, _) in staging.Settings.Ends)
            foreach (var word in (string[])[code, label])
                ends.TryAdd(Cells.Bare(word), code);
        foreach (var source in sources)
            Read(source, staging, ends);
    }

    private void Read(MappedSource source, Staging staging, IReadOnlyDictionary<string, string> ends)
    {
        var kind = RecordKind.Find(source.Holds)!;
        var path = MappingRules.Find(folder, source.File) ?? throw new BookException($"'{source.File}' leads out of the folder {folder}.");
        var at = staging.Report.Add(source.Sheet is null ? source.File : $"{source.File} ({source.Sheet})", kind.Name);
        foreach (var field in kind.Fields.Where(f => f.Name == "kind" && f.Type == FieldType.Code && kind.Name is "activity" or "payment" or "decision" && !source.Words.ContainsKey("kind") && source.Spread.Count == 0 && !source.Always.ContainsKey("kind")))
            staging.Open.Add((kind.Table, field.Column));
        if (source.YesOrNo)
            staging.YesOrNo.Add(at);
        try
        {
            if (staging.Memory is not { } memory)
            {
                using var all = Open(folder, path, source, (line, why) => staging.Report.Refuse(at, line, why, counted: false));
                Read(all, kind, source, at, staging, ends);
                staging.Report.Notes.AddRange(all.Notes);
                return;
            }

            var before = memory.Of(at);
            // where two tables stand side by side, either may have changed
            var (now, begins) = Memory.Look(path, source.Beside is null ? before : null);
            if (source.Beside is { } beside)
                now = now with { Stamp = now.Stamp + Memory.Look(MappingRules.Find(folder, beside.File)!, null).Now.Stamp, Grows = "" };
            var same = before is not null && before.Stamp == now.Stamp;
            if (same || (begins && before?.Grows.Length > 0))
                memory.Recall(at);
            if (same)
                return;
            if (before is null || !begins || !ReadOn(path, before, now, kind, source, at, staging, ends))
            {
                if (before is not null)
                    staging.Report.Notes.Add($"{staging.Report.Of(at).File} {(begins ? "cannot be read on where it ended" : "was rewritten")}: it was read again as a whole.");
                memory.Forget(at);
                staging.Report.Begin(at);
                using var all = Open(folder, path, source, (line, why) => staging.Report.Refuse(at, line, why, counted: false));
                Read(all, kind, source, at, staging, ends);
                staging.Report.Notes.AddRange(all.Notes);
                staging.Stage.Flush();
                // a file of another kind is read as a whole whenever it has changed
                memory.Keep(at, now with { Grows = now.Grows.Length > 0 && all is Csv { IsPlain: true } csv ? csv.Separator.ToString() : "" }, all.Notes);
            }
        }
        catch (Exception error) when (Sheet.IsUnreadable(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }

    /// <summary>Opens a table as the mapping describes it.</summary>
    internal static Sheet Open(string folder, string path, MappedSource source, Action<long, string> broken)
    {
        var sheet = Sheet.Open(path, source.Sheet, source.HeadingLine, broken);
        if (source.Beside is not { } beside)
            return sheet;
        try
        {
            using var other = Sheet.Open(MappingRules.Find(folder, beside.File)!, beside.Sheet, 1, (_, _) => { });
            return new Joined(sheet, other, beside.By);
        }
        catch
        {
            sheet.Dispose();
            throw;
        }
    }

    /// <summary>Reads what was appended to a file; false if the whole must be read again.</summary>
    private static bool ReadOn(string path, SourceState before, SourceState now, RecordKind kind, MappedSource source, int at, Staging staging, IReadOnlyDictionary<string, string> ends)
    {
        if (before.Grows.Length == 0 || Csv.ReadOn(path, source.HeadingLine, before.Grows[0], before.Bytes, before.Lines, now.Bytes, (line, why) => staging.Report.Refuse(at, line, why, counted: false)) is not { } sheet)
            return false;
        using (sheet)
            Read(sheet, kind, source, at, staging, ends);
        staging.Stage.Flush();
        staging.Memory!.Keep(at, now with { Grows = now.Grows.Length > 0 ? before.Grows : "" }, []);
        return true;
    }

    private static void Read(Sheet sheet, RecordKind kind, MappedSource source, int at, Staging staging, IReadOnlyDictionary<string, string> ends)
    {
        var rows = new RowReader(kind, source, sheet.Headings, staging.Mapping, staging.Names, ends);
        var decision = kind.Name == "decision" ? kind.Fields.ToList().FindIndex(f => f.Name == "decision") : -1;
        while (sheet.Read())
        {
            staging.Tick(at);
            if (rows.Read(sheet) is { } why)
            {
                staging.Report.Refuse(at, sheet.Line, why);
                if (decision >= 0 && rows.Values[decision] is long lost && !why.StartsWith("set aside", StringComparison.Ordinal))
                    staging.Stage.LoseDecision(at, lost);
                continue;
            }

            do
                staging.Stage.Add(kind, at, sheet.Line, rows.Values);
            while (rows.Next());
            foreach (var (code, value) in rows.Attributes)
                staging.Stage.AddAttribute(at, sheet.Line, code, value);
        }
    }
}
