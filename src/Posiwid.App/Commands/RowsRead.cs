namespace Posiwid.App.Commands;

/// <summary>Progress of an import on standard error: how many rows were read. Nobody knows beforehand how many there are.</summary>
internal static class RowsRead
{
    private const long Often = 1_000_000;

    /// <summary>Does some work that reports how many rows were read.</summary>
    public static T Show<T>(bool quiet, Func<IProgress<long>?, T> work)
    {
        if (quiet)
            return work(null);
        var live = !Console.IsErrorRedirected && ProgressLine.HasAnsi;
        var made = work(new Reporter(live));
        if (live)
            Console.Error.Write("\r\u001b[K");
        return made;
    }

    private sealed class Reporter(bool live) : IProgress<long>
    {
        private long told;

        public void Report(long rows)
        {
            if (live)
                Console.Error.Write($"\rReading: {rows:N0} rows");
            else if (rows - told >= Often)
            {
                told = rows;
                Console.Error.WriteLine($"Reading: {rows} rows");
            }
        }
    }
}
