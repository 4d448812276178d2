namespace Posiwid.App.Commands;

/// <summary>Progress of an import or export on standard error: how many rows went through. Nobody knows beforehand how many there are.</summary>
internal static class RowsPassed
{
    private const long Often = 1_000_000;

    /// <summary>Does some work that reports how many rows went through.</summary>
    /// <param name="doing">What is done with them: Reading, Writing.</param>
    /// <param name="quiet">True to show nothing.</param>
    /// <param name="work">The work.</param>
    public static T Show<T>(string doing, bool quiet, Func<IProgress<long>?, T> work)
    {
        if (quiet)
            return work(null);
        var live = !Console.IsErrorRedirected && ProgressLine.HasAnsi;
        try
        {
            return work(new Reporter(doing, live));
        }
        finally
        {
            if (live)
                Console.Error.Write("\r\u001b[K");
        }
    }

    private sealed class Reporter(string doing, bool live) : IProgress<long>
    {
        private long told;

        public void Report(long rows)
        {
            if (live)
                Console.Error.Write($"\r{doing}: {rows:N0} rows");
            else if (rows - told >= Often)
            {
                told = rows;
                Console.Error.WriteLine($"{doing}: {rows} rows");
            }
        }
    }
}
