namespace Posiwid.Simulation.Experiments;

/// <summary>Numbers, rows of numbers and gaps as one row of numbers, for a journal.</summary>
internal sealed class FlatWriter
{
    private readonly List<double> row = [];

    /// <summary>Adds a number.</summary>
    public void Add(double number) => row.Add(number);

    /// <summary>Adds a yes or no.</summary>
    public void Add(bool yes) => row.Add(yes ? 1 : 0);

    /// <summary>Adds a row, or a gap in its place.</summary>
    public void Add(IReadOnlyList<double>? numbers)
    {
        row.Add(numbers?.Count ?? -1);
        row.AddRange(numbers ?? []);
    }

    /// <summary>All of it.</summary>
    public double[] Row => [.. row];
}

/// <summary>Reads what a <see cref="FlatWriter"/> wrote, in the same order.</summary>
/// <param name="row">All of it.</param>
internal sealed class FlatReader(double[] row)
{
    private int at;

    /// <summary>The next number.</summary>
    public double Number() => row[at++];

    /// <summary>The next yes or no.</summary>
    public bool Yes() => Number() != 0;

    /// <summary>The next row; null for a gap.</summary>
    public double[]? Numbers()
    {
        var count = (int)Number();
        if (count < 0)
            return null;
        at += count;
        return row[(at - count)..at];
    }
}
