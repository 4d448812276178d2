using System.Globalization;

namespace Posiwid.Records.Import;

/// <summary>Reads cells as people write them. What can be read in two ways is not read.</summary>
internal static class Cells
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly DateOnly Earliest = new(1800, 1, 1);

    /// <summary>True if a cell says nothing.</summary>
    public static bool IsEmpty(string text) => text is "" or "-" or "?" or "NULL" or "null" or "N/A" or "n/a" or "NA" or "#N/A" or "0000-00-00" or "0000-00-00 00:00:00" || string.IsNullOrWhiteSpace(text);

    /// <summary>A date, with its precision (day, month, year); null if it is none, or could be two.</summary>
    public static (DateOnly Day, string Precision)? Date(string text, DateOrder order)
    {
        text = text.Trim();
        // a time of day is of no use here
        var time = text.IndexOfAny([' ', 'T']) is var at and >= 6 && text.AsSpan(at + 1).Contains(':') ? at : text.Length;
        text = text[..time];
        if (text.Length == 4 && Digits(text, out var year))
            return Made(year, 1, 1, "year");
        if (text.Length == 8 && Digits(text, out var packed))
            return Made(packed / 10000, packed / 100 % 100, packed % 100, "day");
        var parts = text.Split('-', '/', '.', ' ');
        if (parts is [.. { Length: 3 } three, ""])
            parts = three;
        if (parts.Length == 2 && parts[0].Length == 4 && Digits(parts[0], out year) && Digits(parts[1], out var month))
            return Made(year, month, 1, "month");
        if (parts.Length != 3)
            return null;
        if (parts.Any(p => char.IsAsciiLetter(p.FirstOrDefault())))
            return Named(parts);
        if (!Digits(parts[0], out var a) || !Digits(parts[1], out var b) || !Digits(parts[2], out var c))
            return null;
        if (parts[0].Length == 4)
            return Made(a, b, c, "day");
        if (parts[2].Length is not (2 or 4) || parts[0].Length > 2 || parts[1].Length > 2)
            return null;
        year = parts[2].Length == 2 ? Century(c) : c;
        return order switch
        {
            DateOrder.DayFirst => Made(year, b, a, "day"),
            DateOrder.MonthFirst => Made(year, a, b, "day"),
            _ when a > 12 => Made(year, b, a, "day"),
            _ when b > 12 => Made(year, a, b, "day"),
            _ when a == b => Made(year, a, b, "day"),
            _ => null,
        };
    }

    /// <summary>A number; null if it is none. The other mark may stand between thousands.</summary>
    public static double? Number(string text, DecimalMark mark)
    {
        text = text.Trim().Replace("\u00A0", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("'", "", StringComparison.Ordinal);
        var (point, between) = mark == DecimalMark.Comma ? (',', '.') : ('.', ',');
        var sign = 1;
        if (text is ['(', .. var inner, ')'])
            (text, sign) = (inner, -1);
        if (text.EndsWith('-'))
            (text, sign) = (text[..^1], -1);
        text = text.Trim('$', '€', '£');
        if (text.Contains(between))
        {
            // thousands stand in groups of three, before the decimals
            var whole = text.Split(point)[0].TrimStart('-', '+', '$', '€', '£').Split(between);
            if (whole[0].Length is 0 or > 3 || whole.Skip(1).Any(g => g.Length != 3) || text.Split(point).Skip(1).Any(d => d.Contains(between)))
                return null;
            text = text.Replace(between.ToString(), "", StringComparison.Ordinal);
        }

        return double.TryParse(text.Replace(point, '.'), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent | NumberStyles.AllowCurrencySymbol, CultureInfo.InvariantCulture, out var value)
            && double.IsFinite(value) ? sign * value : null;
    }

    /// <summary>Hours, also as 2:30; null if it is none.</summary>
    public static double? Hours(string text, DecimalMark mark)
    {
        var parts = text.Trim().Split(':');
        return parts.Length is 2 or 3 && parts.All(p => p.Length is > 0 and <= 4 && p.All(char.IsAsciiDigit)) && int.Parse(parts[1]) < 60
            ? int.Parse(parts[0]) + (int.Parse(parts[1]) / 60.0)
            : Number(text.Trim().TrimEnd('h', 'H', ' '), mark);
    }

    /// <summary>Yes or no; null if neither.</summary>
    public static bool? Truth(string text) => text.Trim().ToLowerInvariant() switch
    {
        "1" or "true" or "yes" or "y" or "x" or "t" or "✓" or "ja" or "si" or "sí" or "oui" => true,
        "0" or "false" or "no" or "n" or "f" or "nein" or "non" => false,
        _ => null,
    };

    /// <summary>A code: small letters, digits and a few marks; null for what looks like a sentence, an address or a number to call.</summary>
    public static string? Code(string text)
    {
        text = text.Trim();
        if (text.Length > 40 || text.Contains('@') || text.Contains("://", StringComparison.Ordinal) || text.Count(char.IsDigit) > 6 || text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length > 5)
            return null;
        var code = new char[text.Length];
        var length = 0;
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsLetterOrDigit(c) || c is '.' or '-' or '*')
                code[length++] = c;
            else if (length > 0 && code[length - 1] != '_')
                code[length++] = '_';
        }

        return length > 0 && code.AsSpan(0, length).Trim('_') is { Length: > 0 } made ? made.ToString() : null;
    }

    /// <summary>A word without case, blanks and marks, to compare headings and words.</summary>
    public static string Bare(string text) => string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    private static int Century(int year) => year + (year < 70 ? 2000 : 1900);

    private static (DateOnly, string)? Named(string[] parts)
    {
        var named = Array.FindIndex(parts, p => char.IsAsciiLetter(p.FirstOrDefault()));
        var month = parts[named].Length < 3 ? 0 : 1 + Array.FindIndex(Months, m => parts[named].StartsWith(m, StringComparison.OrdinalIgnoreCase));
        var others = parts.Where((_, i) => i != named).Select(p => p.TrimEnd(',')).ToArray();
        if (month < 1 || !Digits(others[0], out var a) || !Digits(others[1], out var b))
            return null;
        var (year, day) = others[0].Length == 4 ? (a, b) : others[1].Length == 4 ? (b, a) : (Century(b), a);
        return Made(year, month, day, "day");
    }

    private static (DateOnly, string)? Made(int year, int month, int day, string precision) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) && new DateOnly(year, month, day) is var date && date >= Earliest ? (date, precision) : null;

    private static bool Digits(string text, out int value) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
