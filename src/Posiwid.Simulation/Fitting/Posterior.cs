using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Posiwid.Purpose.Statistics;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Fitting;

/// <summary>
/// Weighted parameter sets that a fit found, from which every run of an ensemble draws one. Which one hangs on the run's seed alone, so that
/// all arms of an experiment have the same.
/// </summary>
public sealed class Posterior
{
    /// <summary>Column of the weights.</summary>
    public const string Weight = "weight";

    private const uint Lot = 0x64726177;

    private readonly double[] until;

    private Posterior(string file, string hash, string[] names, double[][] draws, double[] weights)
    {
        (File, Hash, Names, Draws, Weights) = (file, hash, names, draws, weights);
        until = new double[weights.Length];
        var sum = 0.0;
        for (var i = 0; i < weights.Length; i++)
            until[i] = sum += weights[i];
    }

    /// <summary>Name of its file.</summary>
    public string File { get; }

    /// <summary>SHA-256 of its text, in hexadecimal.</summary>
    public string Hash { get; }

    /// <summary>The parameters, as <c>mechanism.parameter</c>.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Values by parameter set and parameter.</summary>
    public IReadOnlyList<double[]> Draws { get; }

    /// <summary>Weights of the parameter sets, not scaled.</summary>
    public IReadOnlyList<double> Weights { get; }

    /// <summary>What a reader of results must know, in a sentence.</summary>
    public string Note => $"each run draws {Names.Count} parameters from the {Draws.Count} sets that a fit kept ({File}); --parameters default runs on defaults";

    /// <summary>The fitted parameter sets that a scenario carries; null if it carries none.</summary>
    /// <param name="scenario">A scenario that has been checked.</param>
    /// <param name="files">Where its data are found.</param>
    public static Posterior? Of(Scenario scenario, DataFiles files)
    {
        ArgumentNullException.ThrowIfNull(scenario);
        return scenario.Posterior is { } file ? Read(file, files, [.. WeeklySchedule.Mechanisms.Select(make => MechanismInfo.Of(make().GetType()))]) : null;
    }

    /// <summary>Reads a file that a fit wrote: a column of weights, and one for each parameter.</summary>
    /// <param name="file">Name of the file, as <see cref="DataFiles"/> finds it.</param>
    /// <param name="files">Where files are found.</param>
    /// <param name="mechanisms">The mechanisms with the ranges of their parameters.</param>
    /// <exception cref="ScenarioException">Something is wrong with it; says where.</exception>
    public static Posterior Read(string file, DataFiles files, IReadOnlyList<MechanismInfo> mechanisms)
    {
        ArgumentNullException.ThrowIfNull(files);
        return Parse(files.Text(file), file, mechanisms);
    }

    /// <summary>Reads the text of such a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Name of the file, for messages.</param>
    /// <param name="mechanisms">The mechanisms with the ranges of their parameters.</param>
    public static Posterior Parse(string text, string file, IReadOnlyList<MechanismInfo> mechanisms)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(mechanisms);
        var table = CsvTable.Parse(text, file);
        if (!table.Columns.Contains(Weight))
            throw new ScenarioException(new ScenarioError(file, 1, 1, "", $"column '{Weight}' is missing{Nearest.Hint(Weight, table.Columns)}"));
        var ranges = mechanisms.SelectMany(m => m.Parameters.Select(p => (Name: $"{m.Id}.{p.Name}", p.Min, p.Max, p.Unit))).ToDictionary(p => p.Name);
        string[] names = [.. table.Columns.Where(c => c != Weight)];
        foreach (var name in names.Where(n => !ranges.ContainsKey(n)))
            throw new ScenarioException(new ScenarioError(file, 1, 1, name, $"there is no parameter '{Keys.Short(name)}'{Nearest.Hint(name, ranges.Keys)}"));
        if (names.Length == 0 || names.Distinct().Count() < names.Length)
            throw new ScenarioException(new ScenarioError(file, 1, 1, "", "a column for each parameter is needed, each once"));
        if (table.Rows.Count == 0)
            throw new ScenarioException(new ScenarioError(file, 1, 1, "", "the file holds no parameter set"));
        var weights = table.Rows.Select(r => r.Number(Weight) is { } w and > 0 ? w : throw r.Error(Weight, "a weight is a number above 0")).ToArray();
        var draws = table.Rows.Select(r => names.Select(n =>
        {
            var value = r.Number(n) ?? throw r.Error(n, "the value is missing");
            var range = ranges[n];
            return value >= range.Min && value <= range.Max ? value : throw r.Error(n, ScenarioBinder.OutOfRange(r[n], range.Unit, range.Min, range.Max));
        }).ToArray()).ToArray();
        return new Posterior(file, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))), names, draws, weights);
    }

    /// <summary>The text of a file of parameter sets; values as the shortest decimal that is read back as the same single-precision number.</summary>
    /// <param name="names">The parameters.</param>
    /// <param name="particles">The parameter sets.</param>
    public static string Text(IReadOnlyList<string> names, IReadOnlyList<Particle> particles)
    {
        ArgumentNullException.ThrowIfNull(particles);
        var shares = Particle.Shares(particles);
        var text = new StringBuilder();
        text.AppendJoin(',', [Weight, .. names]).Append('\n');
        for (var i = 0; i < particles.Count; i++)
            text.AppendJoin(',', [shares[i].ToString("G6", CultureInfo.InvariantCulture), .. particles[i].Values.Select(v => ((float)v).ToString(CultureInfo.InvariantCulture))]).Append('\n');
        return text.ToString();
    }

    /// <summary>Which parameter set a run has, from 0.</summary>
    /// <param name="seed">Seed of the run.</param>
    public int DrawOf(ulong seed)
    {
        var u = new AddressedRandom(seed, Lot).Uniform(0, 0) * until[^1];
        var at = Array.FindIndex(until, x => u < x);
        return at < 0 ? until.Length - 1 : at;
    }

    /// <summary>The setting of a run: the scenario with the parameter set that the run draws.</summary>
    /// <param name="setting">The scenario, ready to run.</param>
    /// <param name="seed">Seed of the run.</param>
    public Setting Of(Setting setting, ulong seed) => With(setting, Names, Draws[DrawOf(seed)]);

    /// <summary>
    /// A setting with other values of parameters. They stand in the place of defaults: what the scenario sets itself stays, doses multiply
    /// them, and what is set from a date on comes last. A rule that the scenario puts in the place of another keeps its own.
    /// </summary>
    /// <param name="setting">The scenario, ready to run.</param>
    /// <param name="names">The parameters, as <c>mechanism.parameter</c>.</param>
    /// <param name="values">Their values.</param>
    public static Setting With(Setting setting, IReadOnlyList<string> names, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(setting);
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(values);
        var mechanisms = new OrderedDictionary<string, OrderedDictionary<string, double>>();
        for (var i = 0; i < names.Count; i++)
        {
            var dot = names[i].IndexOf('.', StringComparison.Ordinal);
            if (!setting.Scenario.Instead.ContainsKey(names[i][..dot]))
                Own(names[i][..dot])[names[i][(dot + 1)..]] = values[i];
        }

        foreach (var (mechanism, settings) in setting.Scenario.Mechanisms)
        {
            foreach (var (name, value) in settings)
                Own(mechanism)[name] = value;
        }

        return Setting.Of(setting.Scenario with { Mechanisms = mechanisms.ToDictionary(m => m.Key, m => (IReadOnlyDictionary<string, double>)m.Value) }, setting.Climate);

        OrderedDictionary<string, double> Own(string mechanism)
        {
            if (!mechanisms.TryGetValue(mechanism, out var own))
                mechanisms[mechanism] = own = [];
            return own;
        }
    }
}
