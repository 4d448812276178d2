namespace Posiwid.Records.Import;

/// <summary>What must hold of a mapping beyond its shape.</summary>
public static class MappingRules
{
    /// <summary>Finds what is wrong with a mapping, also against the files' headings.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="note">Told of each mistake: the keys that lead to it, and one sentence.</param>
    public static void Check(Mapping mapping, string folder, Action<string, string> note)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        ArgumentNullException.ThrowIfNull(note);
        if (mapping.Organization.Trim().Length is 0 or > 200)
            note("organization", "a name of 1 to 200 characters belongs here");
        if (mapping.Currency.Length != 3 || !mapping.Currency.All(char.IsAsciiLetterUpper))
            note("currency", $"'{mapping.Currency}' is no currency; three large letters belong here, such as USD");
        if (mapping.From > mapping.To)
            note("to", "the records end before they begin");
        if (mapping.HoursCoverage is <= 0 or > 1)
            note("hours-coverage", "a share above 0, and at most 1, belongs here");
        if (mapping.GapWeeks is < 1 or > 520)
            note("gap-weeks", "1 to 520 weeks belong here");
        if (mapping.GraceWeeks is < 0 or > 520)
            note("grace-weeks", "0 to 520 weeks belong here");
        if (mapping.Sources.Count == 0)
            note("sources", "name at least one file");
        for (var i = 0; i < mapping.Sources.Count; i++)
            CheckSource(mapping.Sources[i], folder, (path, message) => note($"sources[{i}]" + (path.Length > 0 ? "." + path : ""), message));
    }

    /// <summary>The file of a source; null if it lies outside the folder.</summary>
    public static string? Find(string folder, string file)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.IsPathRooted(file))
            return null;
        var path = Path.GetFullPath(Path.Combine(root, file));
        return IsWithin(path, root) ? path : null;
    }

    /// <summary>True if a path stays in a folder, also where it, or a folder on the way to it, is a link.</summary>
    private static bool IsWithin(string path, string root)
    {
        if (!path.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal))
            return false;
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
            if ((Directory.Exists(at) ? Directory.ResolveLinkTarget(at, returnFinalTarget: true) : File.Exists(at) ? File.ResolveLinkTarget(at, returnFinalTarget: true) : null) is { } target && !IsWithin(target.FullName, root))
                return false;
        return true;
    }

    private static void CheckSource(MappedSource source, string folder, Action<string, string> note)
    {
        if (RecordKind.Find(source.Holds) is not { } kind)
        {
            note("holds", $"'{source.Holds}' is nothing that a row can be; there are {string.Join(", ", RecordKind.All.Select(k => k.Name))}");
            return;
        }

        foreach (var name in source.Columns.Keys.Where(n => kind.Field(n) is null))
            note($"columns.{name}", Unknown(name));
        foreach (var name in source.Always.Keys.Where(n => kind.Field(n) is null))
            note($"always.{name}", Unknown(name));
        foreach (var name in source.Columns.Keys.Where(source.Always.ContainsKey))
            note($"always.{name}", $"'{name}' has a column too; one of the two must go");
        if (source.Spread.Count > 0 && (kind.Spread is not { } spread || source.Columns.ContainsKey(spread.Word) || source.Columns.ContainsKey(spread.Figure) || source.Always.ContainsKey(spread.Word)))
            note("spread", kind.Spread is { } both ? $"figures side by side fill '{both.Word}' and '{both.Figure}'; these two must not stand elsewhere" : $"rows of {kind.Name} have no figures side by side");
        foreach (var name in source.Spread.Keys.Where(n => Cells.Code(n) != n))
            note($"spread.{name}", $"'{name}' is no code; small letters, digits and _ make one");
        foreach (var field in kind.Fields.Where(f => f.Required && !(source.Spread.Count > 0 && (f.Name == kind.Spread?.Word || f.Name == kind.Spread?.Figure)) && !source.Columns.ContainsKey(f.Name) && !source.Always.ContainsKey(f.Name)))
            note("columns", $"a row of {kind.Name} needs '{field.Name}' ({field.Meaning})");
        foreach (var (name, words) in source.Words)
        {
            if (kind.Field(name) is not { } field)
                note($"words.{name}", Unknown(name));
            else if (field.Type is not (FieldType.Code or FieldType.Word or FieldType.Truth))
                note($"words.{name}", $"'{name}' is no word but a {field.Type.ToString().ToLowerInvariant()}");
            else
                foreach (var (word, meaning) in words)
                    if (meaning.Length > 0 && (field.Words is { } known ? !known.ContainsKey(meaning) : field.Type == FieldType.Truth ? Cells.Truth(meaning) is null : Cells.Code(meaning) is null))
                        note($"words.{name}.{word}", $"'{meaning}' is no {name}{(field.Words is { } w ? $"; there are {string.Join(", ", w.Keys)}" : "")}");
        }

        foreach (var name in source.Attributes.Keys.Where(n => Cells.Code(n) != n))
            note($"attributes.{name}", $"'{name}' is no code; small letters, digits and _ make one");
        if (source.Attributes.Count > 0 && kind.Name != "decision")
            note("attributes", "only alternatives of decisions have attributes");
        if (source.YesOrNo && kind.Name != "decision")
            note("yes-or-no", "only a decision is one between yes and no");
        foreach (var name in (string[])["alternative", "status-quo"])
            if (source.YesOrNo && (source.Columns.ContainsKey(name) || source.Always.ContainsKey(name)))
                note("yes-or-no", $"a row that is a whole decision has no '{name}'");
        if (kind.Name == "member-log" && source.Active.Count == 0)
            note("active", "name the statuses in which somebody is a member");
        if (kind.Name != "member-log" && source.Active.Count > 0)
            note("active", "only a member-log has statuses");
        if (source.HeadingLine is < 1 or > 1000)
            note("heading-line", "a line from 1 to 1000 belongs here");
        else
            CheckFile(source, folder, note);

        string Unknown(string name) => $"a row of {kind.Name} has no '{name}'; it has {string.Join(", ", kind.Fields.Select(f => f.Name))}";
    }

    private static void CheckFile(MappedSource source, string folder, Action<string, string> note)
    {
        if (Find(folder, source.File) is not { } path)
        {
            note("file", $"'{source.File}' leads out of the folder {folder}");
            return;
        }

        if (source.Beside is { } beside && Find(folder, beside.File) is null)
        {
            note("beside.file", $"'{beside.File}' leads out of the folder {folder}");
            return;
        }

        try
        {
            using var sheet = MappedFiles.Open(folder, path, source, (_, _) => { });
            if (sheet is not JsonRows && sheet.Headings.All(h => h.Length == 0))
            {
                note("file", new FileInfo(path).Length == 0 ? $"{source.File} is empty" : $"{source.File} has no headings in line {source.HeadingLine}");
                return;
            }

            foreach (var (at, heading) in source.Columns.Select(c => ($"columns.{c.Key}", c.Value)).Concat(source.Only.Keys.Select(c => ($"only.{c}", c))).Concat(source.Spread.Select(s => ($"spread.{s.Key}", s.Value))).Concat(source.Attributes.Select(a => ($"attributes.{a.Key}", a.Value))))
            {
                var times = sheet.Headings.Count(h => h == heading);
                // what JSON leaves out is empty; it need not be in any record
                if (times == 0 && sheet is not JsonRows)
                    note(at, $"{source.File} has no column '{heading}'; it has {string.Join(", ", sheet.Headings.Where(h => h.Length > 0).Take(30))}");
                else if (times > 1)
                    note(at, $"{source.File} has {times} columns '{heading}'; give them different headings");
            }
        }
        catch (BookException error)
        {
            note("file", error.Message);
        }
    }
}
