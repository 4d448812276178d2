using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Experiments;

/// <summary>
/// What a run records about the flagship every four weeks. Flows (joins, hours, money) are means per week since the last sample.
/// Quantities of another organization carry its short name in front (<c>dsa.members</c>).
/// </summary>
public static class MeasureCatalog
{
    /// <summary>Weeks between two samples.</summary>
    public const int WeeksBetween = 4;

    /// <summary>The activities that hours are booked on, by the codes of <c>kind_end.csv</c>; the order is that of the effort plan.</summary>
    public static readonly string[] Kinds =
    [
        "meeting", "study", "paper_sale", "panel", "march", "contacting", "strike_support", "eviction_defense", "clinic_defense",
        "deportation_defense", "mutual_aid", "conference", "administration", "fundraising", "discipline", "visit",
    ];

    /// <summary>Indicators that a center can praise.</summary>
    public static readonly string[] Indicators = ["recruits", "money", "struggle", "hope", "education", "needs"];

    /// <summary>Measures of the flagship that do not depend on the scenario.</summary>
    public static readonly Measure[] Flagship =
    [
        new("members", "Members", "people"),
        new("branches", "Branches", "branches"),
        new("cadre", "Cadre", "people"),
        new("cadre.settled", "Cadre who joined five years ago or earlier", "people"),
        new("marginalized", "Members of marginalized groups", "people"),
        new("staff", "Paid staff", "people"),
        new("campus_share", "Members in campus branches", "share 0..1"),
        new("workers_share", "Members who are wage workers", "share 0..1"),
        new("marginalized_share", "Share of members who belong to marginalized groups", "share 0..1"),
        new("joins", "Joins", "people/week"),
        new("joins.campus", "Joins of students and recent graduates", "people/week"),
        new("joins.unasked", "Joins of people nobody had asked", "people/week"),
        new("joins.action", "Joins of people met in an action: a march, a struggle, mutual aid", "people/week"),
        new("stayed.two_years", "Members who joined two years ago, by the week in which they joined", "people/week"),
        new("stayed.three_years", "Members who joined three years ago, by the week in which they joined", "people/week"),
        new("asked", "People asked to join", "people/week"),
        new("asked.experience", "Political experience of those asked", "years"),
        new("joined.experience", "Political experience of those who joined", "years"),
        new("exits", "Exits", "people/week"),
        new("exits.rival", "Exits to a rival", "people/week"),
        new("exits.marginalized", "Exits of members of marginalized groups", "people/week"),
        new("income", "Income", "USD/week"),
        new("cost", "Costs", "USD/week"),
        new("reserves", "Reserves", "USD"),
        new("payroll_coverage", "Share of the payroll that was paid", "share 0..1"),
        new("hope", "Hope", "0..1"),
        new("belief", "Belief", "0..1"),
        new("ties", "Ties", "0..1"),
        new("need", "Unmet need", "0..1"),
        new("grievance", "Grievance", "0..1"),
        new("voice", "Members who voice criticism", "share 0..1"),
        new("suppression", "Acts against critics", "acts/week"),
        new("suppression.members", "Acts against critics by ordinary members", "acts/week"),
        new("attacked", "Members attacked for criticism in the week of the sample", "people"),
        new("attacked.marginalized", "Members of marginalized groups attacked for criticism in the week of the sample", "people"),
        new("voice.across", "Criticism from other branches that a member may hear", "share 0..1"),
        new("bullied", "Acts of bullying", "acts/week"),
        new("bullied.marginalized", "Acts of bullying against members of marginalized groups", "acts/week"),
        new("hidden_harm", "Hidden cases of harm", "cases"),
        new("hidden_harm.age", "Median age of hidden cases", "years"),
        new("disclosures", "Disclosures", "cases/week"),
        new("openness", "Openness", "0..1"),
        new("wins", "Struggles won with its help", "wins/week"),
        new("led", "Struggles won under its members' lead", "wins/week"),
        new("helped", "People whose need was met", "people/week"),
        new("needs_met", "Members whose own need was met", "people/week"),
        new("contacts", "Contacts", "people"),
        new("visits", "Visits from the center", "visits/week"),
        new("moves", "Branches that moved", "branches/week"),
        new("commitments", "Branches committed to a struggle", "branches"),
        new("leaders", "Leaders in office", "people"),
        new("leader_tenure", "Mean tenure of the leaders in office", "years"),
        new("leader_tenure.median", "Median tenure of the leaders in office", "years"),
        new("leaders_replaced", "Leaders who lost the seat at a convention", "people/week"),
        new("settled_leaders", "Leaders more than two years in office", "people"),
        new("audience", "Selling and panels, as far as the public looks", "hours/week"),
        new("entrenchment", "Seats held by incumbents after the convention", "share 0..1"),
        new("rival_pull", "Pull of the strongest rival", "0..1"),
        new("even_identity", "Share of members whose identity is an even number: a control, which no rule reads", "share 0..1"),
    ];

    /// <summary>Measures of the outside world.</summary>
    public static readonly Measure[] World =
    [
        new("climate.struggle", "Climate of struggle", "0..1"),
        new("climate.moment", "Movement moment", "0..1.5"),
        new("climate.unemployment", "Unemployment", "percent"),
    ];

    /// <summary>Measures of every other organization, to be put behind its short name.</summary>
    public static readonly Measure[] Rival =
    [
        new("members", "Members", "people"),
        new("branches", "Branches", "branches"),
        new("openness", "Openness", "0..1"),
        new("hope", "Hope", "0..1"),
        new("joins", "Joins", "people/week"),
        new("exits", "Exits", "people/week"),
    ];

    /// <summary>All measures of a scenario, in the order of <see cref="EnsembleResult.Measures"/>.</summary>
    public static IReadOnlyList<Measure> Of(Scenario scenario) =>
    [
        .. Flagship,
        .. Kinds.Select(k => new Measure($"hours.{k}", $"Hours: {k.Replace('_', ' ')}", "hours/week")),
        .. Indicators.Select(i => new Measure($"praise.{i}", $"What the center praises: {i}", "share 0..1")),
        .. scenario.Milieus.Keys.Select(m => new Measure($"members.{m}", $"Members: {m}", "people")),
        .. scenario.Milieus.Keys.Select(m => new Measure($"branches.{m}", $"Branches: {m}", "branches")),
        .. World,
        .. scenario.Organizations.Where(o => o.Key != scenario.Flagship)
            .SelectMany(o => Rival.Select(r => new Measure($"{o.Key}.{r.Id}", $"{o.Value.Label}: {r.Label}", r.Unit))),
    ];
}
