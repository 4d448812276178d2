using System.Text;

namespace Posiwid.Records.Import;

/// <summary>Writes a mapping as YAML, with comments for whoever is to correct it.</summary>
public static class MappingText
{
    /// <summary>The text of a mapping file.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="unknown">Files that are not in it, and why.</param>
    public static string Of(Mapping mapping, IReadOnlyList<(string File, string Why)> unknown)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var text = new StringBuilder();
        text.Append("# Which columns are what. Written by looking at headings: read it through and correct it.\n");
        text.Append("# Only what is listed here is read. Whatever stands under 'person' becomes a number; nothing else about people is kept.\n");
        text.Append($"organization: {Quoted(mapping.Organization)}\ncurrency: {mapping.Currency}\n");
        text.Append("# from: 2020-01-01         # first day that the records cover, if who left earlier is not in them\n");
        text.Append("# hours-coverage: 0.5      # recorded hours as a share of all hours, if somebody has an idea of it\n");
        text.Append("sources:\n");
        foreach (var source in mapping.Sources)
            Write(text, source);
        foreach (var (file, why) in unknown)
            text.Append($"# {file}: {why}. A row can be: {string.Join(", ", RecordKind.All.Select(k => k.Name))}; docs/import.md lists the fields of each.\n");
        return text.ToString();
    }

    private static void Write(StringBuilder text, MappedSource source)
    {
        var kind = RecordKind.Find(source.Holds)!;
        text.Append($"  - file: {Quoted(source.File)}\n");
        if (source.Sheet is not null)
            text.Append($"    sheet: {Quoted(source.Sheet)}\n");
        text.Append($"    holds: {source.Holds}   # {kind.Meaning}\n");
        if (source.HeadingLine != 1)
            text.Append($"    heading-line: {source.HeadingLine}\n");
        if (source.YesOrNo)
            text.Append("    yes-or-no: true\n");
        text.Append(source.Columns.Count > 0 ? "    columns:\n" : "    columns: {}\n");
        foreach (var (field, heading) in source.Columns)
            text.Append($"      {field}: {Quoted(heading)}   # {kind.Field(field)!.Meaning}\n");
        foreach (var field in kind.Fields.Where(f => !source.Columns.ContainsKey(f.Name) && !source.Always.ContainsKey(f.Name)))
            text.Append($"      # {field.Name}:   # {field.Meaning}\n");
        if (source.Always.Count > 0)
        {
            text.Append("    always:\n");
            foreach (var (field, value) in source.Always)
                text.Append($"      {field}: {Quoted(value)}\n");
        }

        if (source.Only.Count > 0)
        {
            text.Append("    only:   # rows with other values are set aside\n");
            foreach (var (heading, values) in source.Only)
                text.Append($"      {Quoted(heading)}: [{string.Join(", ", values.Select(Quoted))}]\n");
        }

        if (source.Attributes.Count > 0)
        {
            text.Append("    attributes:   # what was known of each alternative before the choice, in figures; strike what was not\n");
            foreach (var (code, heading) in source.Attributes)
                text.Append($"      {code}: {Quoted(heading)}\n");
        }

        if (source.Dates != DateOrder.Plain)
            text.Append($"    dates: {(source.Dates == DateOrder.DayFirst ? "day-first" : source.Dates == DateOrder.MonthFirst ? "month-first" : "year-first")}\n");
        if (source.Decimals == DecimalMark.Comma)
            text.Append("    decimals: comma\n");
        if (source.Active.Count > 0)
            text.Append($"    active: [{string.Join(", ", source.Active.Select(Quoted))}]\n");
        if (source.Words.Count == 0)
            return;
        text.Append("    words:   # what each word means; rows with another word are refused\n");
        foreach (var (field, words) in source.Words)
        {
            text.Append($"      {field}:\n");
            foreach (var (word, meaning) in words)
                text.Append($"        {Quoted(word)}: {Quoted(meaning)}\n");
        }
    }

    /// <summary>A text as YAML: in quotation marks unless it is a plain word, and on one line whatever it holds.</summary>
    public static string Quoted(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.') && text.ToLowerInvariant() is not ("null" or "true" or "false" or "yes" or "no" or "on" or "off" or "y" or "n"))
            return text;
        return "\"" + string.Concat(text.Select(c => c switch { '"' => "\\\"", '\\' => "\\\\", _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' => $"\\u{(int)c:X4}", _ => c.ToString() })) + "\"";
    }
}
