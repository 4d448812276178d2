using System.Reflection;
using Posiwid.Purpose;
using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Claims;

/// <summary>What must hold between the parts of a file of claims.</summary>
internal sealed class ClaimRules(
    ClaimSet set, IReadOnlyDictionary<string, ClaimArm> arms, ScenarioBinder binder, Problems problems, IReadOnlyList<MechanismInfo> mechanisms, Ends ends)
{
    private static readonly Take[] TakesOfEvents = [Take.Count, Take.Median, Take.ShareOfEvents, Take.Trend, Take.HazardRatio, Take.FirstWeek];

    private static readonly string[] EventNames =
        [.. typeof(EventKinds).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => (string)f.GetRawConstantValue()!)];

    private readonly Dictionary<string, RunFigures> readers = [];

    /// <summary>Notes everything that does not hold.</summary>
    public void Check()
    {
        if (!Keys.IsName(set.Name))
            Add("name", Keys.NotAName(set.Name));
        foreach (var (name, arm) in set.Arms)
            Arm($"arms.{name}", arm);
        foreach (var (id, claim) in set.Claims)
        {
            if (claim.Tests.Count == 0)
                Add($"claims.{id}.tests", "a claim needs a test");
            for (var t = 0; t < claim.Tests.Count; t++)
                Test($"claims.{id}.tests[{t}]", claim.Tests[t]);
        }
    }

    private void Add(string path, string message) => problems.Add(binder.Of(path), path, message);

    private bool Known(string path, string word, IEnumerable<string> valid, string what)
    {
        if (valid.Contains(word))
            return true;
        Add(path, $"unknown {what} '{Keys.Short(word)}'{Nearest.Hint(word, valid)}");
        return false;
    }

    private void Arm(string path, ArmSpec arm)
    {
        for (var i = 0; i < arm.Without.Count; i++)
        {
            if (Known($"{path}.without[{i}]", arm.Without[i], mechanisms.Select(m => m.Id), "mechanism") && mechanisms.First(m => m.Id == arm.Without[i]).OfTheWorld)
                Add($"{path}.without[{i}]", $"'{arm.Without[i]}' is a rule of the world, not of one organization, which cannot be without it; 'change: {{ mechanisms: {{ {arm.Without[i]}: {{ dose: 0 }} }} }}' takes it from all");
        }

        for (var i = 0; i < arm.Barred.Count; i++)
            Known($"{path}.barred[{i}]", arm.Barred[i], MeasureCatalog.Kinds.Take(Activity.Planned), "activity");
    }

    private void Test(string path, TestSpec test)
    {
        for (var i = 0; i < test.AnyOf.Count; i++)
            Test($"{path}.any-of[{i}]", test.AnyOf[i]);
        if (test.AnyOf.Count > 0)
            return;
        if (test.AtLeast is null && test.AtMost is null)
            Add(path, "a test needs at-least or at-most");
        if (!Known($"{path}.arm", test.Arm, arms.Keys, "arm"))
            return;
        if (test.Defense is { } defense)
        {
            Defense($"{path}.defense", test.Arm, defense);
            return;
        }

        if (test.Figure is not { } figure)
        {
            Add(path, "a test needs a figure");
            return;
        }

        Figure($"{path}.figure", test.Arm, figure);
        if (test.Than is { } than)
            Than($"{path}.than", than, test.Figure);
        if (test.Than is not null && (test.RunsAtLeast ?? test.RunsAtMost) is not null)
            Add(path, "shares of runs belong to a test without 'than'");
        if (test.Compare == Comparison.Distance != IsByEnd(figure))
            Add($"{path}.compare", "a distance is one between hours by end or profiles: compare: distance and take: hours-by-end or purpose-profile belong together");
        if (IsByEnd(figure) && test.Than is null)
            Add(path, "a distance needs 'than'");
        if (IsByEnd(figure))
        {
            Alike($"{path}.than.figure", test.Than?.Figure, figure);
            Alike($"{path}.over.figure", test.Over?.Figure, figure);
            Alike($"{path}.over.than.figure", test.Over?.Than.Figure, figure);
        }

        if (test.Over is not { } over)
            return;
        if (Known($"{path}.over.arm", over.Arm, arms.Keys, "arm"))
            Figure($"{path}.over.figure", over.Arm, over.Figure);
        Than($"{path}.over.than", over.Than, over.Figure);
    }

    private static bool IsByEnd(FigureSpec figure) => figure.Take is Take.HoursByEnd or Take.PurposeProfile;

    /// <summary>All sides of a distance take the same.</summary>
    private void Alike(string path, FigureSpec? other, FigureSpec figure)
    {
        if (other is not null && other.Take != figure.Take)
            Add($"{path}.take", $"all sides of a distance take the same: {Kebab.Of(figure.Take.ToString())}");
        else if (other is not null && !other.LinesMeant.ToHashSet().SetEquals(figure.LinesMeant))
            Add($"{path}.lines", "all sides of a distance have the same lines");
    }

    private void Profile(string path, string arm, FigureSpec f)
    {
        (string Key, bool Said)[] idle =
        [
            ("of", f.Of.Count > 0), ("per", f.Per.Count > 0), ("per-earlier", f.PerEarlier != 0), ("times", f.Times != 1), ("after", f.After is not null), ("until", f.Until is not null),
            ("against", f.Against is not null), ("note", f.Note.Count > 0), ("among", f.Among is not null), ("value-at-least", f.ValueAtLeast is not null),
        ];
        foreach (var (key, _) in idle.Where(i => i.Said))
            Add($"{path}.{key}", $"a purpose profile does not look at '{key}'");
        if (!f.LinesMeant.Contains(ProfileLine.Defense))
            return;
        if (f.Day is not { } day)
            Add(path, "'day' is missing: when the blows fall");
        else if (f.Weeks < DefenseSpec.FewestWeeks)
            Add($"{path}.weeks", $"the blows need at least {DefenseSpec.FewestWeeks} weeks to be looked at");
        else if (day.AddDays(7 * (f.Weeks ?? FigureSpec.UsualWindow)) > arms[arm].Scenario.End)
            Add($"{path}.day", $"{f.Weeks ?? FigureSpec.UsualWindow} weeks from {day:yyyy-MM-dd} on go beyond the end of the arm '{arm}' ({arms[arm].Scenario.End:yyyy-MM-dd})");
    }

    private void Than(string path, OtherSpec than, FigureSpec same)
    {
        if (Known($"{path}.arm", than.Arm, arms.Keys, "arm"))
            Figure(than.Figure is null ? path : $"{path}.figure", than.Arm, than.Figure ?? same);
    }

    private void Defense(string path, string arm, DefenseSpec defense)
    {
        Measure($"{path}.of", arm, defense.Of);
        Day($"{path}.day", arm, defense.Day);
        if ((defense.Disturbance is null) == (defense.Set is null))
            Add(path, "it is either a disturbance or something that is set");
        if (defense.Disturbance is { } disturbance)
            Known($"{path}.disturbance", disturbance, Disturbance.Kinds.Keys, "disturbance");
        if (defense.Set is { } setting)
            Known($"{path}.set", setting, ScenarioTargets.All(arms[arm].Scenario, mechanisms).Select(t => t.Name), "setting");
    }

    private void Figure(string path, string arm, FigureSpec f)
    {
        Day($"{path}.from", arm, f.From);
        Day($"{path}.to", arm, f.To);
        Day($"{path}.day", arm, f.Day);
        if (f.After is { } after)
            Known($"{path}.after", after.Split('.')[0], EventNames, "event");
        if (f.Until is { } until)
            Known($"{path}.until", until.Split('.')[0], EventNames, "event");
        if (f.Last && f.After is null && f.Until is null)
            Add($"{path}.last", "this belongs to 'after' or 'until'");
        for (var i = 0; i < f.Per.Count; i++)
            Measure($"{path}.per[{i}]", arm, f.Per[i]);
        for (var i = 0; i < f.Of.Count; i++)
        {
            if (TakesOfEvents.Contains(f.Take))
                Known($"{path}.of[{i}]", f.Of[i], EventNames, "event");
            else if (f.Take == Take.YearsAway)
                Known($"{path}.of[{i}]", f.Of[i], arms[arm].Scenario.Milieus.Keys, "milieu");
            else
                Measure($"{path}.of[{i}]", arm, f.Of[i]);
        }

        if (f.Take == Take.PurposeProfile)
            Profile(path, arm, f);
        else if (f.Lines.Count > 0 || f.Runs is not null)
            Add(f.Lines.Count > 0 ? $"{path}.lines" : $"{path}.runs", "this belongs to take: purpose-profile");
        if (f.Of.Count == 0 && f.Take is not Take.Alive && !IsByEnd(f))
            Add(path, "'of' is missing: what is looked at");
        var lacks = f.Take switch
        {
            Take.At when f.Day is null && f.After is null => "day",
            Take.Alive when f.Day is null => "day",
            Take.Kept when f.After is null => "after",
            Take.HazardRatio when f.After is null => "after",
            Take.HazardRatio when f.Per.Count == 0 => "per",
            Take.Elasticity when f.Against is null => "against",
            _ => null,
        };
        if (lacks is not null)
            Add(path, $"'{lacks}' is missing");
        if (f.Against is { } against)
            Measure($"{path}.against", arm, against);
    }

    private void Measure(string path, string arm, string name)
    {
        if (!readers.TryGetValue(arm, out var reader))
            readers[arm] = reader = new RunFigures(Setting.Of(arms[arm].Scenario, arms[arm].Files), ends);
        if (!reader.Knows(name))
            Known(path, name.TrimStart('-'), reader.Names, "measure");
    }

    private void Day(string path, string arm, DateOnly? day)
    {
        if (day is { } d && (d < arms[arm].Scenario.Start || d > arms[arm].Scenario.End))
            Add(path, $"{d:yyyy-MM-dd} lies outside the arm '{arm}' ({arms[arm].Scenario.Start:yyyy-MM-dd} to {arms[arm].Scenario.End:yyyy-MM-dd})");
    }
}
