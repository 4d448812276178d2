namespace Posiwid.Records.Import;

/// <summary>Turns the rows of one mapped file into typed, pseudonymous rows of one kind.</summary>
internal sealed class RowReader
{
    private readonly RecordKind kind;
    private readonly MappedSource source;
    private readonly Pseudonyms names;
    private readonly IReadOnlyDictionary<string, string> ends;
    private readonly Mapping mapping;
    private readonly (Field Field, int Column, object? Always, int At)[] fields;
    private readonly (string Code, int Column)[] attributes;
    private readonly (int Column, HashSet<string> Values)[] only;
    private readonly Dictionary<string, Dictionary<string, string>> words;
    private readonly Dictionary<(Field, string), string?> codes = [];
    private readonly object?[] values;
    private readonly (string Code, double Value)[] scores;
    private readonly (string Code, int Column)[] spread;
    private readonly List<(string Code, object Value)> figures = [];
    private readonly int wordAt, figureAt;
    private int figure;

    public RowReader(RecordKind kind, MappedSource source, IReadOnlyList<string> headings, Mapping mapping, Pseudonyms names, IReadOnlyDictionary<string, string> ends)
    {
        (this.kind, this.source, this.mapping, this.names, this.ends) = (kind, source, mapping, names, ends);
        int Column(string heading) => Enumerable.Range(0, headings.Count).Where(i => headings[i] == heading).DefaultIfEmpty(-1).First();
        words = kind.Fields.Where(f => f.Words is not null || source.Words.ContainsKey(f.Name)).ToDictionary(f => f.Name, Meanings);
        var at = 0;
        var list = new List<(Field, int, object?, int)>();
        foreach (var field in kind.Fields)
        {
            list.Add((field, source.Columns.TryGetValue(field.Name, out var heading) ? Column(heading) : -1, null, at));
            at += kind.Name == "member" && field.Name == "start" ? 2 : 1;
        }

        values = new object?[Stage.Width(kind)];
        fields = [.. list];
        foreach (var (name, text) in source.Always)
        {
            var i = Array.FindIndex(fields, f => f.Field.Name == name);
            if (Value(fields[i].Field, text, out var always, out _) is { } why)
                throw new BookException($"always.{name}: {why}.");
            fields[i].Always = always;
        }

        attributes = [.. source.Attributes.Select(a => (a.Key, Column(a.Value)))];
        scores = new (string, double)[attributes.Length];
        spread = [.. source.Spread.Select(s => (s.Key, Column(s.Value)))];
        if (spread.Length > 0 && kind.Spread is { } both)
            (wordAt, figureAt) = (fields.First(f => f.Field.Name == both.Word).At, fields.First(f => f.Field.Name == both.Figure).At);
        only = [.. source.Only.Select(o => (Column(o.Key), o.Value.Select(v => v.Trim()).ToHashSet()))];
    }

    /// <summary>The values of the row that was read last, in the order of the kind's fields.</summary>
    public IReadOnlyList<object?> Values => values;

    /// <summary>Attributes of the alternative that was read last.</summary>
    public ReadOnlySpan<(string Code, double Value)> Attributes => scores.AsSpan(0, ScoreCount);

    private int ScoreCount { get; set; }

    /// <summary>Reads the current row.</summary>
    /// <returns>Null, or why it cannot be taken: by the column's heading, never by what stands in it.</returns>
    public string? Read(Sheet row)
    {
        foreach (var (column, allowed) in only)
            if (column < 0 || !allowed.Contains(row[column].Trim()))
                return "set aside, as the mapping asks ('only')";
        string? why = null;
        foreach (var (field, column, always, at) in fields)
        {
            values[at] = always;
            if (column < 0)
                continue;
            var text = row[column];
            if (Cells.IsEmpty(text))
            {
                if (field.Required)
                    why ??= $"the column '{row.Headings[column]}' is empty";
            }
            else if (Value(field, text, out values[at], out var precision) is { } wrong)
                why ??= $"the column '{row.Headings[column]}' {wrong}";
            else if (kind.Name == "member" && field.Name == "start")
                values[at + 1] = precision;
            if (field.Required && column >= 0 && values[at] is null)
                why ??= $"the column '{row.Headings[column]}' says nothing";
        }

        var amount = fields.FirstOrDefault(f => f.Field.Type == FieldType.Amount);
        if (amount.Field is not null)
            values[amount.At] = Minor(values[amount.At]);
        ScoreCount = 0;
        foreach (var (code, column) in attributes)
            if (column >= 0 && row[column] is var text && !Cells.IsEmpty(text))
            {
                if ((Cells.Number(text, source.Decimals) ?? (Cells.Truth(text) is { } truth ? truth ? 1 : 0 : null)) is { } value)
                    scores[ScoreCount++] = (code, value);
                else
                    why ??= $"the column '{row.Headings[column]}' is no number";
            }

        return why ?? Side(row);
    }

    /// <summary>Goes to the next of the figures that stand side by side in the row; false if there is none, or was one alone.</summary>
    public bool Next()
    {
        if (++figure >= figures.Count)
            return false;
        (values[wordAt], values[figureAt]) = (figures[figure].Code, figures[figure].Value);
        return true;
    }

    /// <summary>Reads the figures that stand side by side; a row without any says nothing.</summary>
    private string? Side(Sheet row)
    {
        figures.Clear();
        figure = -1;
        if (spread.Length == 0)
            return null;
        foreach (var (code, column) in spread)
            if (column >= 0 && row[column] is var text && !Cells.IsEmpty(text))
            {
                var field = fields[Array.FindIndex(fields, f => f.At == figureAt)].Field;
                if (Value(field, text, out var value, out _) is { } wrong)
                    return $"the column '{row.Headings[column]}' {wrong}";
                if (field.Type == FieldType.Amount)
                    value = Minor(value);
                // nothing done, nothing paid
                if (value is not (0.0 or 0L))
                    figures.Add((code, value!));
            }

        return Next() ? null : "no figure in any of its columns";
    }

    /// <summary>An amount in minor units of the row's own currency, or else of the mapping's.</summary>
    private object? Minor(object? amount) => amount is not double whole ? null
        : (long)Math.Round(whole * Currencies.MinorUnits(values[fields.First(f => f.Field.Name == "currency").At] as string ?? mapping.Currency), MidpointRounding.AwayFromZero);

    private string? Value(Field field, string text, out object? value, out string precision)
    {
        (value, precision) = (null, "day");
        switch (field.Type)
        {
            case FieldType.Date:
                if (Cells.Date(text, source.Dates) is not { } date)
                    return source.Dates == DateOrder.Plain ? "is no date, or one that could be two (state 'dates')" : "is no date";
                precision = date.Precision;
                if (precision != "day" && field.Name is not ("start" or "end" or "opened" or "closed"))
                    return "is no day";
                value = field.Name is "end" or "closed" ? Last(date.Day, precision) : date.Day;
                return null;
            case FieldType.Person:
                value = names.Person(text);
                return null;
            case FieldType.Key:
                // branches are the same in every file; other things are known by their number within their kind of file
                value = names.Key(field.Name is "unit" or "parent" ? "unit" : field.Name == "id" ? "id" : field.Name, text);
                return null;
            case FieldType.Number:
                var number = field.Name is "hours" or "duration" ? Cells.Hours(text, source.Decimals) : Cells.Number(text, source.Decimals);
                value = number;
                return number is null ? "is no number" : number < field.Least ? $"is below {field.Least}" : null;
            case FieldType.Amount:
                if (Cells.Number(text, source.Decimals) is not { } amount || Math.Abs(amount) > 1e14)
                    return "is no amount of money";
                // in whole units, until the row's currency is known
                value = amount;
                return null;
            case FieldType.Whole:
                if (Cells.Number(text, source.Decimals) is not { } whole || whole != Math.Floor(whole) || Math.Abs(whole) > int.MaxValue)
                    return "is no whole number";
                value = (int)whole;
                return whole < field.Least ? $"is below {field.Least}" : null;
            case FieldType.Truth:
                if (words.TryGetValue(field.Name, out var truths) && truths.TryGetValue(Cells.Bare(text), out var said))
                    text = said;
                if (text.Length == 0)
                    return null;
                value = Cells.Truth(text);
                return value is null ? "says neither yes nor no" : null;
            default:
                return Word(field, text, out value);
        }
    }

    private string? Word(Field field, string text, out object? value)
    {
        if (!codes.TryGetValue((field, text), out var code))
        {
            code = words.TryGetValue(field.Name, out var meanings)
                ? meanings.TryGetValue(Cells.Bare(text), out var meaning) ? meaning : null
                : Cells.Code(text);
            if (field.Name == "end")
                code = ends.GetValueOrDefault(Cells.Bare(code ?? text));
            if (field.Name == "currency")
                code = code is { Length: 3 } ? code.ToUpperInvariant() : null;
            if (codes.Count < 100_000)
                codes[(field, text)] = code;
        }

        value = code is { Length: > 0 } ? code : null;
        return code is not null ? null
            : field.Name == "end" ? $"names no end; there are {string.Join(", ", ends.Values.Distinct())}"
            : field.Name == "currency" ? "is no currency"
            : source.Words.ContainsKey(field.Name) ? $"holds a word that the mapping does not list under 'words.{field.Name}'"
            : field.Words is { } known ? $"is none of {string.Join(", ", known.Keys)}; what your words mean can stand under 'words.{field.Name}'"
            : "is no code: too long, or it looks like a name, an address or a sentence";
    }

    private Dictionary<string, string> Meanings(Field field)
    {
        var meanings = new Dictionary<string, string>();
        foreach (var (word, others) in field.Words ?? new Dictionary<string, string[]>())
            foreach (var other in others.Prepend(word))
                meanings.TryAdd(Cells.Bare(other), word);
        if (source.Words.TryGetValue(field.Name, out var own))
            foreach (var (word, meaning) in own)
                meanings[Cells.Bare(word)] = field.Type == FieldType.Code && meaning.Length > 0 ? Cells.Code(meaning)! : meaning;
        return meanings;
    }

    private static DateOnly Last(DateOnly day, string precision) => precision switch
    {
        "month" => day.AddMonths(1).AddDays(-1),
        "year" => new DateOnly(day.Year, 12, 31),
        _ => day,
    };
}
