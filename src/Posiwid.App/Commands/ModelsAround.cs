using System.Security.Cryptography;
using System.Text;
using Posiwid.Purpose;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;

namespace Posiwid.App.Commands;

/// <summary>
/// The same experiments with models whose parameters lie around this one's. What a model shows is kept in a journal in the folder for results as soon as it
/// is finished: who stops loses the models under way, and the same command goes on from there.
/// </summary>
internal sealed class ModelsAround : IDisposable
{
    private static readonly string[] Words =
    [
        Verdicts.Purpose, Verdicts.Means, Verdicts.Done, Verdicts.LittleDone, Verdicts.Said, Verdicts.Disagree, Verdicts.OneLine, Verdicts.NotShown, Verdicts.CannotBeTold,
        Verdicts.ControlPassed, Verdicts.ControlUntested, Verdicts.ControlFailed,
    ];

    /// <summary>What is kept of an end of a model; another version of these numbers has a journal of its own.</summary>
    private const string Format = "figures 2";
    private const int Figures = 17;

    private readonly Model model;
    private readonly IReadOnlyList<PurposePlan> plans;
    private readonly FitJournal journal;

    private ModelsAround(Model model, IReadOnlyList<PurposePlan> plans, FitJournal journal, string path) => (this.model, this.plans, this.journal, Path) = (model, plans, journal, path);

    /// <summary>The journal's file.</summary>
    public string Path { get; }

    /// <summary>Journals beside it that are not used, in one sentence; null if there are none.</summary>
    public string? Unused
    {
        get
        {
            string[] others = [.. Directory.GetFiles(System.IO.Path.GetDirectoryName(Path)!, "models-around-*.journal").Select(System.IO.Path.GetFileName).OfType<string>()
                .Where(f => f != System.IO.Path.GetFileName(Path)).Order(StringComparer.Ordinal)];
            return others.Length == 0 ? null : $"Not used, since of another version or other settings: {string.Join(", ", others)}.";
        }
    }

    /// <summary>Models that were found in the journal.</summary>
    public int Found => Enumerable.Range(0, plans.Count).Count(m => Kept(m) is not null);

    /// <summary>Opens the journal of these models, or begins one; each plan has its own, named by what it depends on.</summary>
    /// <exception cref="WrongInputException">It cannot be used.</exception>
    public static ModelsAround Open(Model model, PurposePlan plan, int models, string folder)
    {
        var plans = Model.Around(plan, models);
        string[] what =
        [
            Format, $"posiwid {JsonOutput.Version}", $"simulator {typeof(Ensemble).Module.ModuleVersionId:N}", $"instrument {typeof(PurposeAnalysis).Module.ModuleVersionId:N}", $"scenario {plan.Run.ScenarioHash}",
            $"coding {model.CodingHash}", $"seed {plan.Run.Seed}", $"{plan.Run.Runs} runs", $"{plans[0].Run.Runs} pairs", $"{models} models",
        ];
        var head = string.Join(", ", what);
        var path = System.IO.Path.Combine(folder, $"models-around-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(head)))[..8]}.journal");
        try
        {
            return new(model, plans, FitJournal.Open(path, head, "profile"), path);
        }
        catch (FitJournalException e)
        {
            throw new WrongInputException(e.Message, e);
        }
    }

    /// <summary>Tries the models that are not in the journal, each on one thread, and puts all finished ones together.</summary>
    public Robustness Run(PurposeProfile here, int threads, bool quiet, CancellationToken interrupted)
    {
        var steps = PurposeExperiment.Steps(plans[0]);
        int[] missing = [.. Enumerable.Range(0, plans.Count).Where(m => Kept(m) is null)];
        var finished = Enumerable.Range(0, plans.Count).ToDictionary(m => m, Kept);
        return ProgressLine.Show("Trying other models", plans.Count * steps, quiet, progress =>
        {
            var done = (plans.Count - missing.Length) * steps;
            var each = new Each(() => progress.Report(Interlocked.Increment(ref done)));
            try
            {
                Parallel.ForEach(missing, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = interrupted }, m =>
                {
                    var ends = ModelEnd.Of(model.Analyze(plans[m], PurposeExperiment.Run(plans[m], 1, each, cancellation: interrupted)));
                    for (var e = 0; e < ends.Count; e++)
                        journal.Add(m, e, Numbers(ends[e]));
                    lock (finished)
                        finished[m] = ends;
                });
            }
            catch (OperationCanceledException) when (interrupted.IsCancellationRequested)
            {
                // what is finished is in the journal
            }
            catch (AggregateException e) when (interrupted.IsCancellationRequested && e.Flatten().InnerExceptions.All(i => i is OperationCanceledException))
            {
            }

            return Robustness.Of(here, [.. finished.OrderBy(f => f.Key).Select(f => f.Value).OfType<IReadOnlyList<ModelEnd>>()], plans.Count, plans[0].Run.Runs);
        });
    }

    public void Dispose() => journal.Dispose();

    private IReadOnlyList<ModelEnd>? Kept(int at)
    {
        var ends = Enumerable.Range(0, plans[at].Ends.All.Count).Select(e => journal.Find(at, e)).ToArray();
        return ends.All(e => e?.Length == Figures) ? [.. ends.Select(e => From(e!))] : null;
    }

    private static double[] Numbers(ModelEnd end)
    {
        static double[] Of(Estimate e) => [e.Value ?? double.NaN, e.Low ?? double.NaN, e.High ?? double.NaN];
        return
        [
            Array.IndexOf(Words, end.Verdict), (int)end.Defense, (int)end.Necessity, (int)end.Choice, end.Hours ?? double.NaN, end.Life ?? double.NaN,
            .. Of(end.MadeGood), .. Of(end.WeeksLost), .. Of(end.Weight), end.Vote?.Value ?? double.NaN, end.Vote?.Error ?? double.NaN,
        ];
    }

    private static ModelEnd From(double[] n)
    {
        static double? Known(double x) => double.IsNaN(x) ? null : x;
        Estimate Of(int at) => new(Known(n[at]), Known(n[at + 1]), Known(n[at + 2]), double.IsNaN(n[at + 1]) ? "not known in this model" : null);
        return new(Words[(int)n[0]], (LineStatus)(int)n[1], (LineStatus)(int)n[2], (LineStatus)(int)n[3], Known(n[4]), Known(n[5]), Of(6), Of(9), Of(12))
        {
            Vote = Known(n[15]) is { } value && Known(n[16]) is { } error ? (value, error) : null,
        };
    }

    private sealed class Each(Action tell) : IProgress<int>
    {
        public void Report(int value) => tell();
    }
}
