using Spectre.Console;

namespace Posiwid.App.Commands;

/// <summary>Progress on standard error: a live line on a terminal, a line now and then elsewhere, nothing if quiet.</summary>
internal static class ProgressLine
{
    private static readonly Lazy<IAnsiConsole> Terminal = new(() => AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) }));

    /// <summary>True if the terminal understands bold.</summary>
    public static bool HasAnsi => Terminal.Value.Profile.Capabilities.Ansi;

    /// <summary>Does some work that reports how many of its parts are done.</summary>
    public static T Show<T>(string what, int total, bool quiet, Func<IProgress<int>, T> work)
    {
        if (quiet)
            return work(new Reporter(_ => { }));
        if (Console.IsErrorRedirected || !Terminal.Value.Profile.Capabilities.Interactive)
        {
            // The first run, so that somebody who waits knows that it goes on, then every quarter.
            var told = -1;
            return work(new Reporter(done =>
            {
                var quarter = (int)(4L * done / total);
                if (quarter > told)
                    Console.Error.WriteLine($"{what}: {done} of {total} runs");
                told = quarter;
            }));
        }
        return Terminal.Value.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                var task = context.AddTask(what, maxValue: total);
                return work(new Reporter(done =>
                {
                    task.Value = done;
                    task.Description = $"{what}: {done} of {total} runs";
                }));
            });
    }

    private sealed class Reporter(Action<int> tell) : IProgress<int>
    {
        private readonly Lock one = new();
        private int most;

        public void Report(int value)
        {
            lock (one)
            {
                if (value > most)
                    tell(most = value);
            }
        }
    }
}
