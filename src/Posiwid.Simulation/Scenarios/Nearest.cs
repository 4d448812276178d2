namespace Posiwid.Simulation.Scenarios;

/// <summary>Names the valid word that is nearest to a mistyped one.</summary>
public static class Nearest
{
    private const int MostOptions = 500;

    /// <summary><c>; did you mean 'pool'?</c> if a word is near enough, else the words that are valid (at most twelve).</summary>
    public static string Hint(string word, IEnumerable<string> valid)
    {
        var options = valid.Take(MostOptions).ToArray();
        if (options.Length == 0) return "";
        if (Of(word, options) is { } best) return $"; did you mean '{best}'?";
        return $"; known: {string.Join(", ", options.Take(12))}{(options.Length > 12 ? ", …" : "")}";
    }

    /// <summary>The nearest of some words, if it is near enough; else null.</summary>
    public static string? Of(string word, IEnumerable<string> valid) =>
        valid.Take(MostOptions).MinBy(o => Distance(word, o)) is { } best && Distance(word, best) <= Math.Max(2, best.Length / 3) ? best : null;

    /// <summary>Edits (insert, delete, replace, swap of neighbors) that turn one word into the other, case aside.</summary>
    public static int Distance(string a, string b)
    {
        // A word much longer than any key is far from all of them; cut it so that absurd input stays cheap.
        (a, b) = (a[..Math.Min(a.Length, 64)].ToLowerInvariant(), b[..Math.Min(b.Length, 64)].ToLowerInvariant());
        var d = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) d[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) d[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
            }
        }

        return d[a.Length, b.Length];
    }
}
