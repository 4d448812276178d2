using System.Globalization;
using Posiwid.App.Commands;

namespace Posiwid.App.Ask;

/// <summary>
/// Two of the starter's guesses set so that the first simulated year has the joiners and leavers that were answered: how many contacts an hour brings
/// (<c>contact-making.scale</c>) and how readily those leave whom nothing holds (<c>exit.base</c>). The figures are written into the scenario, with what they came to.
/// </summary>
/// <param name="Scale">All contact rates together, as a ratio to the usual ones; null if who joined was not answered.</param>
/// <param name="Base">Rate of leaving of somebody whom nothing holds, per week; null if who left was not answered.</param>
/// <param name="Joined">Who joined in the first simulated year, mean over the trial runs.</param>
/// <param name="Left">Who left in it.</param>
public sealed record FirstYear(double? Scale, double? Base, double Joined, double Left)
{
    /// <summary>Trial runs at each pair of values.</summary>
    public const int Runs = 24;

    /// <summary>Pairs of values that are tried.</summary>
    private const int Trials = 9;

    private const int Weeks = 52;

    private const double UsualScale = 1, LeastScale = 0.02, MostScale = 10, UsualBase = 0.1, LeastBase = 0.001, MostBase = 1;

    /// <summary>True if the trial runs came near what was answered: within a tenth, or two people.</summary>
    public bool IsNear(Answers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        return Near(answers.Joined, Joined) && Near(answers.Left, Left);

        static bool Near(double? wanted, double had) => wanted is not { } w || Math.Abs(had - w) <= Math.Max(2, w / 10);
    }

    /// <summary>Tries values until the runs come near, each time in proportion to what was missing; the nearest are kept.</summary>
    /// <param name="answers">The answers.</param>
    /// <param name="today">Today.</param>
    /// <param name="seed">Seed of the trial runs.</param>
    /// <param name="interrupted">Asks to stop.</param>
    /// <returns>Null if nobody answered how many joined or left.</returns>
    internal static FirstYear? Of(Answers answers, DateOnly today, ulong seed, CancellationToken interrupted)
    {
        if (answers.Joined is null && answers.Left is null)
            return null;
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".yaml");
        try
        {
            File.WriteAllText(file, AnswerScenario.Trial(answers, today));
            return Of(answers, file, seed, interrupted);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static FirstYear? Of(Answers answers, string scenario, ulong seed, CancellationToken interrupted)
    {
        var (scale, rate, best, least) = (UsualScale, UsualBase, (FirstYear?)null, double.PositiveInfinity);
        for (var trial = 0; trial < Trials; trial++)
        {
            var (joined, left) = Try(scenario, scale, rate, seed, interrupted);
            var (join, leave) = (Missing(answers.Joined, joined), Missing(answers.Left, left));
            if (Math.Abs(join) + Math.Abs(leave) is var far && far < least)
                (best, least) = (new FirstYear(answers.Joined is null ? null : scale, answers.Left is null ? null : rate, joined, left), far);
            if (best!.IsNear(answers))
                break;
            // in proportion, at most threefold at a time: each moves the other a little
            (scale, rate) = (Math.Clamp(scale * Math.Exp(Math.Clamp(join, -1.1, 1.1)), LeastScale, MostScale), Math.Clamp(rate * Math.Exp(Math.Clamp(leave, -1.1, 1.1)), LeastBase, MostBase));
        }

        return best;

        // half a person keeps nobody from being infinitely few
        static double Missing(double? wanted, double had) => wanted is { } w ? Math.Log((w + 0.5) / (had + 0.5)) : 0;
    }

    /// <summary>What is written at the end of the scenario.</summary>
    public string Text(Answers answers)
    {
        ArgumentNullException.ThrowIfNull(answers);
        var lines = new List<string>
        {
            "",
            "# Set from the answers, not measured: with these the first simulated year has about as many joiners and leavers as were answered",
            $"# ({Said(answers.Joined)} joined, {Said(answers.Left)} left; {Runs} trial runs: {Plain(Joined)} and {Plain(Left)}). Usual: contact-making.scale {Plain(UsualScale)}, exit.base {Plain(UsualBase)}.",
            "mechanisms:",
        };
        if (Scale is { } scale)
            lines.Add($"  contact-making: {{ scale: {Plain(scale)} }}    # ratio: all contact rates together");
        if (Base is { } rate)
            lines.Add($"  exit: {{ base: {Plain(rate)} }}    # 1/week: rate of leaving of somebody whom nothing holds");
        return string.Join('\n', lines) + "\n";

        static string Said(double? figure) => figure is { } f ? Plain(f) : "nobody said how many";
    }

    private static (double Joined, double Left) Try(string scenario, double scale, double rate, ulong seed, CancellationToken interrupted)
    {
        var model = Model.Read(scenario, [$"contact-making.scale={Plain(scale)}", $"exit.base={Plain(rate)}"], []);
        var result = model.Simulate(Runs, seed, Environment.ProcessorCount, new Silent(), interrupted);
        interrupted.ThrowIfCancellationRequested();
        double Sum(string measure)
        {
            var at = result.Measures.ToList().FindIndex(m => m.Id == measure);
            var (sum, before) = (0.0, 0);
            for (var s = 0; s < result.SampleWeeks.Count && result.SampleWeeks[s] <= Weeks; before = result.SampleWeeks[s++])
                sum += result.Runs.Average(r => float.IsNaN(r.Values[at][s]) ? 0 : r.Values[at][s]) * (result.SampleWeeks[s] - before);
            return sum;
        }

        return (Sum("joins"), Sum("exits"));
    }

    private sealed class Silent : IProgress<int>
    {
        public void Report(int value)
        {
            // a few seconds at most
        }
    }

    private static string Plain(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
