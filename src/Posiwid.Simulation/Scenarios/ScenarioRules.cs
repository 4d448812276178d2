using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Fitting;

namespace Posiwid.Simulation.Scenarios;

/// <summary>What must hold between the parts of a scenario. Assumes nothing about parts that could not be read.</summary>
internal sealed class ScenarioRules(
    Scenario scenario, ScenarioBinder binder, Problems problems, IReadOnlyList<MechanismInfo> mechanisms, DataFiles files)
{
    private const int LongestYears = 500;

    /// <summary>Days from the start to the first day of the week in which measures are first taken.</summary>
    private const int FirstSample = 7 * (MeasureCatalog.WeeksBetween - 1);

    private const int MostMilieus = 100;

    /// <summary>Most places (sites times people who could be met in each) of all milieus together: each takes about fifteen bytes.</summary>
    private const double MostPlaces = 100_000_000;

    /// <summary>Notes everything that does not hold.</summary>
    public void Check()
    {
        Name("name", scenario.Name);
        Dates();
        Names();
        var ends = Ends();
        foreach (var (name, organization) in scenario.Organizations ?? Empty<OrganizationSpec>()) Organization(name, organization, ends);
        if (scenario.Flagship is { } flagship) Known("flagship", flagship, scenario.Organizations?.Keys, "organization");
        Instead();
        Mechanisms();
        Overrides();
        Priors();
        Overlay();
        Data();
    }

    private static IReadOnlyDictionary<string, T> Empty<T>() => new Dictionary<string, T>();

    private void Add(string path, string message) => problems.Add(binder.Of(path), path, message);

    private void Name(string path, string? name)
    {
        if (name is not null && !Keys.IsName(name)) Add(path, Keys.NotAName(name));
    }

    private void Known(string path, string word, IEnumerable<string>? valid, string what)
    {
        if (valid is null || valid.Contains(word)) return;
        Add(path, $"unknown {what} '{Keys.Short(word)}'{Nearest.Hint(word, valid)}");
    }

    private void Dates()
    {
        if (scenario.Start == default || scenario.End == default) return;
        if (scenario.Start.DayOfWeek != DayOfWeek.Monday)
        {
            var back = ((int)scenario.Start.DayOfWeek + 6) % 7;
            Add("start", $"{scenario.Start:yyyy-MM-dd} is a {scenario.Start.DayOfWeek}; week 0 begins on a Monday, such as {scenario.Start.AddDays(-back):yyyy-MM-dd}");
        }

        if (scenario.End < scenario.Start) Add("end", $"the end ({scenario.End:yyyy-MM-dd}) lies before the start ({scenario.Start:yyyy-MM-dd})");
        else if (scenario.End.Year - scenario.Start.Year > LongestYears) Add("end", $"the run is longer than {LongestYears} years");
        else if (scenario.End < scenario.Start.AddDays(FirstSample))
            Add("end", $"the run is too short: it is first looked at in its week {MeasureCatalog.WeeksBetween}, which begins on {scenario.Start.AddDays(FirstSample):yyyy-MM-dd}; end it then or later");
    }

    private void Names()
    {
        foreach (var name in scenario.Milieus?.Keys ?? []) Name($"milieus.{name}", name);
        Count("milieus", "milieu", scenario.Milieus?.Count, MostMilieus);
        Count("organizations", "organization", scenario.Organizations?.Count, Engine.Pools.MostOrganizations);
        Places();
    }

    private void Places()
    {
        var places = 0.0;
        foreach (var (name, milieu) in scenario.Milieus ?? Empty<MilieuSpec>())
        {
            if (milieu.Sites < 0 || milieu.Pool < 0) continue; // told already
            places += (double)milieu.Sites * milieu.Pool;
            if (places <= MostPlaces) continue;
            Add($"milieus.{name}.sites", string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $"sites times pool, over the milieus up to this one, make {places:#,0} places; at most {MostPlaces:#,0} can be simulated (with a larger weight, one stands for several people)"));
            return;
        }
    }

    private void Count(string path, string what, int? count, int most)
    {
        if (count is 0) Add(path, $"at least one {what} is needed");
        else if (count > most) Add(path, $"{count} {what}s; at most {most} can be simulated");
    }

    private IReadOnlyList<string>? Ends()
    {
        try
        {
            return EndCodes.Read(files);
        }
        catch (ScenarioException e)
        {
            foreach (var error in e.Errors) problems.Add(error);
            return null;
        }
    }

    private void Organization(string name, OrganizationSpec organization, IReadOnlyList<string>? ends)
    {
        var path = $"organizations.{name}";
        Name(path, name);
        if (organization.Founded is { } founded && founded > scenario.End && scenario.End != default)
            Add($"{path}.founded", $"the founding ({founded:yyyy-MM-dd}) lies after the end of the run ({scenario.End:yyyy-MM-dd})");

        for (var i = 0; i < (organization.BrokenUp?.Count ?? 0); i++)
        {
            if (organization.BrokenUp![i] < scenario.Start || organization.BrokenUp[i] > scenario.End)
                Add($"{path}.broken-up[{i}]", $"{organization.BrokenUp[i]:yyyy-MM-dd} lies outside the run ({scenario.Start:yyyy-MM-dd} to {scenario.End:yyyy-MM-dd})");
        }

        foreach (var (milieu, count) in organization.Branches ?? Empty<double>())
        {
            var at = $"{path}.branches.{milieu}";
            Known(at, milieu, scenario.Milieus?.Keys, "milieu");
            var sites = scenario.Milieus?.GetValueOrDefault(milieu)?.Sites ?? int.MaxValue;
            if (count < 0 || count != Math.Floor(count)) Add(at, $"{ScenarioBinder.Plain(count)} is not a number of branches");
            else if (count > sites) Add(at, $"{ScenarioBinder.Plain(count)} branches, but milieu '{milieu}' has only {sites} sites");
        }

        if (organization.Branches is { } branches && branches.Values.Sum() < 1) Add($"{path}.branches", "at least one branch is needed");
        for (var i = 0; i < (organization.Milieus?.Count ?? 0); i++)
            Known($"{path}.milieus[{i}]", organization.Milieus![i], scenario.Milieus?.Keys, "milieu");

        Weights($"{path}.stated-aims", organization.StatedAims, ends, "end", 1);
        Weights($"{path}.founding-plan", organization.FoundingPlan, MeasureCatalog.Kinds, "activity", 1);
        Weights($"{path}.praise", organization.Praise, MeasureCatalog.Indicators, "indicator", null);
    }

    private void Weights(string path, IReadOnlyDictionary<string, double>? weights, IReadOnlyList<string>? valid, string what, double? total)
    {
        if (weights is null) return;
        foreach (var (key, weight) in weights)
        {
            Known($"{path}.{key}", key, valid, what);
            if (weight is < 0 or > 1) Add($"{path}.{key}", ScenarioBinder.OutOfRange(ScenarioBinder.Plain(weight), "share 0..1", 0, 1));
        }

        var sum = weights.Values.Sum();
        if (total is { } wanted && Math.Abs(sum - wanted) > 1e-6) Add(path, $"the shares sum to {ScenarioBinder.Plain(sum)}; they must sum to {wanted}");
        else if (sum <= 0) Add(path, "at least one weight must be above 0");
    }

    private void Instead()
    {
        foreach (var (id, variant) in scenario.Instead)
        {
            if (mechanisms.FirstOrDefault(m => m.Id == id) is not { } mechanism) Known($"instead.{id}", id, mechanisms.Select(m => m.Id), "mechanism");
            else if (mechanism.Variants.Count == 0) Add($"instead.{id}", $"nothing can stand in the place of '{id}'");
            else Known($"instead.{id}", variant, mechanism.Variants.Select(v => v.Variant), "variant");
        }
    }

    private void Mechanisms()
    {
        foreach (var (id, settings) in scenario.Mechanisms)
        {
            var mechanism = mechanisms.FirstOrDefault(m => m.Id == id)?.In(scenario);
            if (mechanism is null) Known($"mechanisms.{id}", id, mechanisms.Select(m => m.Id), "mechanism");
            else
                foreach (var (name, value) in settings) Setting($"mechanisms.{id}.{name}", mechanism, name, value);
        }
    }

    private void Setting(string path, MechanismInfo mechanism, string name, double value)
    {
        if (ScenarioTargets.Of(mechanism, name) is { } range) Range(path, range, value);
        else Known(path, name, [MechanismInfo.Dose, .. mechanism.Parameters.Select(p => p.Name)], "parameter");
    }

    private void Range(string path, ScenarioTarget target, double value)
    {
        if (value < target.Min || value > target.Max) Add(path, ScenarioBinder.OutOfRange(ScenarioBinder.Plain(value), target.Unit, target.Min, target.Max));
    }

    private void Overrides()
    {
        if (scenario.Overrides.Count == 0 || scenario.Organizations is null) return;
        var targets = ScenarioTargets.All(scenario, mechanisms).DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        for (var i = 0; i < scenario.Overrides.Count; i++)
        {
            var (path, change) = ($"overrides[{i}]", scenario.Overrides[i]);
            if (change.Set is null) continue;
            if (targets.TryGetValue(change.Set, out var target)) Range($"{path}.to", target, change.To);
            else Known($"{path}.set", change.Set, targets.Keys, "setting");
            if (change.From > scenario.End && scenario.End != default)
                Add($"{path}.from", $"{change.From:yyyy-MM-dd} lies after the end of the run ({scenario.End:yyyy-MM-dd})");
        }
    }

    private void Priors()
    {
        var targets = mechanisms.SelectMany(m => m.Parameters.Select(p => ScenarioTargets.Of(m, p.Name)! with { Name = $"{m.Id}.{p.Name}" })).DistinctBy(t => t.Name).ToDictionary(t => t.Name);
        foreach (var (name, prior) in scenario.Priors)
        {
            var path = $"priors.{name}";
            if (!targets.TryGetValue(name, out var target))
            {
                Known(path, name, targets.Keys, "parameter");
                continue;
            }

            Range($"{path}.from", target, prior.From);
            Range($"{path}.to", target, prior.To);
            if (prior.From >= prior.To) Add($"{path}.to", $"the upper end ({ScenarioBinder.Plain(prior.To)}) must lie above the lower one ({ScenarioBinder.Plain(prior.From)})");
            if (prior.Shape is PriorShape.LogUniform or PriorShape.LogNormal && prior.From <= 0) Add($"{path}.from", "a shape in the logarithm needs ends above 0");
            if (string.IsNullOrWhiteSpace(prior.Source)) Add($"{path}.source", "name the key of the source, or write assumed");
            var dot = name.IndexOf('.', StringComparison.Ordinal);
            if (scenario.Mechanisms.GetValueOrDefault(name[..dot])?.ContainsKey(name[(dot + 1)..]) == true)
                Add(path, $"'{name}' is set under mechanisms too; a parameter that is fitted cannot be held");
        }
    }

    private void Overlay()
    {
        foreach (var name in scenario.Overlay?.Others?.Keys ?? []) Known($"overlay.others.{name}", name, scenario.Organizations?.Keys, "organization");
    }

    /// <summary>Reads the data files, so that a check finds what is wrong with them too.</summary>
    private void Data()
    {
        var (start, end) = (scenario.Start, scenario.End);
        if (scenario.Climate is { } climate)
        {
            Series("climate.stoppages", climate.Stoppages);
            Series("climate.unemployment", climate.Unemployment);
            Series("climate.enrollment", climate.Enrollment);
            Series("climate.union-density", climate.UnionDensity);
            File("climate.moments", climate.Moments, () => MovementMoments.Read(climate.Moments, start, end, files));
        }

        File("posterior", scenario.Posterior, () => Posterior.Read(scenario.Posterior!, files, mechanisms));
        var overlay = scenario.Overlay;
        File("overlay.membership", overlay?.Membership, () => Scenarios.Overlay.Load(scenario with { Overlay = overlay! with { Facts = null } }, files));
        File("overlay.facts", overlay?.Facts, () => Scenarios.Overlay.Load(scenario with { Overlay = overlay! with { Membership = null } }, files));
    }

    private void Series(string path, SeriesSpec? spec)
    {
        if (spec is not { File: not null, Column: not null }) return;
        if (spec.Where is { } where && !where.Contains('=', StringComparison.Ordinal)) Add($"{path}.where", $"expected column=value, not '{Keys.Short(where)}'");
        else
        {
            File($"{path}.file", spec.File, () =>
            {
                var columns = CsvTable.Read(files, spec.File, "year").Columns;
                var condition = spec.Where?.Split('=', 2)[0];
                Known($"{path}.column", spec.Column, columns, "column");
                if (condition is not null) Known($"{path}.where", condition, columns, "column");
                if (columns.Contains(spec.Column) && (condition is null || columns.Contains(condition))) YearSeries.Read(path, spec, files);
            });
        }
    }

    private void File(string path, string? name, Action read)
    {
        if (string.IsNullOrEmpty(name)) return;
        if (files.Find(name) is null)
        {
            Add(path, $"file not found: '{Keys.Short(name)}' (looked beside the scenario and in the folder above)");
            return;
        }

        try
        {
            read();
        }
        catch (ScenarioException e)
        {
            foreach (var error in e.Errors) problems.Add(error);
        }
    }
}

/// <summary>Codes of the ends that effort can serve.</summary>
internal static class EndCodes
{
    /// <summary>The file that lists them; a user can replace it.</summary>
    public const string File = "data/ends.csv";

    /// <summary>The codes, in the order of the file.</summary>
    public static IReadOnlyList<string> Read(DataFiles files) => [.. CsvTable.Read(files, File, "end").Rows.Select(r => r["end"])];
}
