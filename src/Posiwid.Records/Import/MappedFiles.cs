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
        try
        {
            using var sheet = Sheet.Open(path, source.Sheet, source.HeadingLine, (line, why) => staging.Report.Refuse(at, line, why, counted: false));
            var rows = new RowReader(kind, source, sheet.Headings, staging.Mapping, staging.Names, ends);
            var decision = kind.Name == "decision" ? kind.Fields.ToList().FindIndex(f => f.Name == "decision") : -1;
            while (sheet.Read())
            {
                staging.Tick(at);
                if (rows.Read(sheet) is { } why)
                {
                    staging.Report.Refuse(at, sheet.Line, why);
                    if (decision >= 0 && rows.Values[decision] is long lost && !why.StartsWith("set aside", StringComparison.Ordinal))
                        staging.Stage.LoseDecision(lost);
                    continue;
                }

                do
                    staging.Stage.Add(kind, at, sheet.Line, rows.Values);
                while (rows.Next());
                foreach (var (code, value) in rows.Attributes)
                    staging.Stage.AddAttribute(at, sheet.Line, code, value);
            }

            staging.Report.Notes.AddRange(sheet.Notes);
        }
        catch (Exception error) when (Sheet.IsUnreadable(error))
        {
            throw BookException.Because(path, "read", error);
        }
    }
}
