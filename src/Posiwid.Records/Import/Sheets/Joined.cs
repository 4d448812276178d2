namespace Posiwid.Records.Import;

/// <summary>A table with the columns of another beside its own: each row with that row of the other which holds the same key; without one, those cells are empty. Of several the first counts.</summary>
internal sealed class Joined : Sheet
{
    private const int MostRows = 5_000_000;

    private readonly Sheet main;
    private readonly Dictionary<string, string[]> others = [];
    private readonly int key, own;
    private string[]? other;

    public Joined(Sheet main, Sheet beside, string by)
    {
        this.main = main;
        (key, own) = (Of(main), main.Headings.Count);
        var theirs = Of(beside);
        var more = Enumerable.Range(0, beside.Headings.Count).Where(c => !main.Headings.Contains(beside.Headings[c])).ToArray();
        Headings = [.. main.Headings, .. more.Select(c => beside.Headings[c])];
        Notes.AddRange(main.Notes);
        while (beside.Read())
        {
            others.TryAdd(beside[theirs].Trim(), [.. more.Select(c => beside[c])]);
            if (others.Count > MostRows)
                throw new BookException($"More than {MostRows} rows cannot stand beside others.");
        }

        int Of(Sheet sheet) => sheet.Headings.ToList().IndexOf(by) is var at and >= 0 ? at : throw new BookException($"There is no column '{by}' to bring two tables together.");
    }

    public override string this[int column] => column < own ? main[column] : other?[column - own] ?? "";

    public override bool Read()
    {
        if (!main.Read())
            return false;
        (Line, other) = (main.Line, others.GetValueOrDefault(main[key].Trim()));
        return true;
    }

    public override void Dispose() => main.Dispose();
}
