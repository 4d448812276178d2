using Posiwid.Simulation.Claims;

namespace Posiwid.App.Story;

/// <summary>How many claims of a kind hold.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Hold">Claims that hold.</param>
/// <param name="DoNotHold">Claims that do not.</param>
/// <param name="CannotBeTold">The others.</param>
public sealed record Tally(ClaimKind Kind, int Hold, int DoNotHold, int CannotBeTold);

/// <summary>Everything that the page, the report and the JSON document say about tested claims is decided here, once.</summary>
public sealed class ClaimsSummary
{
    private readonly Dictionary<string, bool?>? robust;
    private readonly IReadOnlyDictionary<string, IReadOnlyList<Lever>> levers = new Dictionary<string, IReadOnlyList<Lever>>();

    /// <summary>Decides the claims of a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="figures">What its runs gave.</param>
    /// <param name="around">The plan with parameters moved, and what its runs gave (null if it was interrupted); null if this was not asked for.</param>
    public ClaimsSummary(ClaimsPlan plan, ClaimFigures figures, (ClaimsPlan Plan, ClaimFigures? Figures)? around = null)
    {
        (Plan, Figures) = (plan, figures);
        Claims = ClaimVerdicts.Of(plan, figures);
        if (around is not { } m)
            return;
        if (m.Figures is null or { IsCut: true })
            ModelsCut = (m.Figures?.Runs ?? 0, m.Plan.Runs);
        Around = m.Figures is { Runs: > 0 } found ? ClaimVerdicts.Of(m.Plan, found) : null;
        if (m.Figures is { } moved)
            levers = Sensitivity.Of(m.Plan, moved);
        IReadOnlyList<ClaimResult>[] others = [ClaimVerdicts.Of(plan, figures, CodingBound.Low), ClaimVerdicts.Of(plan, figures, CodingBound.High), Around ?? []];
        robust = Claims.ToDictionary(c => c.Id, c => c.Holds != true || Around is null ? null
            : others.Select(o => o.First(x => x.Id == c.Id).Holds).Aggregate((bool?)true, (all, one) => all == false || one == false ? false : all == true && one == true ? true : null));
    }

    /// <summary>The plan.</summary>
    public ClaimsPlan Plan { get; }

    /// <summary>What the runs gave.</summary>
    public ClaimFigures Figures { get; }

    /// <summary>The claims with their verdicts, in the order of the file.</summary>
    public IReadOnlyList<ClaimResult> Claims { get; }

    /// <summary>The claims with parameters moved; null if that was not run.</summary>
    public IReadOnlyList<ClaimResult>? Around { get; }

    /// <summary>Models with parameters moved that were run in every arm, of how many, if that was interrupted; null if it was not.</summary>
    public (int Done, int Planned)? ModelsCut { get; }

    /// <summary>True if it was asked whether claims are robust.</summary>
    public bool AsksRobust => robust is not null;

    /// <summary>True if a claim that holds still does with parameters moved and at both bounds of the coding; false if it then does not; null if it does not hold or this was not asked or cannot be told.</summary>
    public bool? Robust(string id) => robust?.GetValueOrDefault(id);

    /// <summary>Parameters that a claim's first figure moves with, over the models around this one; null if that was not run.</summary>
    public IReadOnlyList<Lever>? HangsOn(string id) => levers.GetValueOrDefault(id);

    /// <summary>How many claims of each kind hold.</summary>
    public IReadOnlyList<Tally> Tally => [.. Claims.GroupBy(c => c.Claim.Kind).OrderBy(g => g.Key)
        .Select(g => new Tally(g.Key, g.Count(c => c.Holds == true), g.Count(c => c.Holds == false), g.Count(c => c.Holds is null)))];
}
