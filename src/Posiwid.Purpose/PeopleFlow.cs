using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose;

/// <summary>Who came, stayed, led, spoke up and left, as plain data; times in weeks from the start of the records.</summary>
public sealed record PeopleRecords
{
    /// <summary>Spells of membership; empty if none are on record.</summary>
    public required IReadOnlyList<Spell> Spells { get; init; }

    /// <summary>Week at which the records end.</summary>
    public required double RecordsEnd { get; init; }

    /// <summary>Year of a week.</summary>
    public required Func<double, int> YearOf { get; init; }

    /// <summary>What each person contributed; who is a member and contributed nothing stands with 0. Empty if nobody wrote it down.</summary>
    public IReadOnlyList<double> Contributions { get; init; } = [];

    /// <summary>In what unit contributions are counted.</summary>
    public string ContributedIn { get; init; } = "";

    /// <summary>Times in offices.</summary>
    public IReadOnlyList<Tenure> Tenures { get; init; } = [];

    /// <summary>Complaints, and what became of them.</summary>
    public IReadOnlyList<ComplaintCase> Complaints { get; init; } = [];

    /// <summary>Who complained when, at the end of that day; without those of whom it is not known.</summary>
    public IReadOnlyList<(long Person, double Week)> Voices { get; init; } = [];
}

/// <summary>People flow: not a line of evidence for any end, but what becomes of the people. Small numbers are not shown.</summary>
public sealed class PeopleFlow
{
    private const double Year = 52, HalfAYear = 26;
    private const string Stay = "how long members stay", Lead = "whether the same people stay on top", Voice = "leaving or speaking up";
    private readonly List<(string Question, string Why)> untold = [];

    private PeopleFlow(PeopleRecords records, PurposeSettings settings) => (Records, Settings) = (records, settings);

    /// <summary>The conventions; of simulated records with no bounds on small numbers.</summary>
    public PurposeSettings Settings { get; }

    /// <summary>What was read.</summary>
    public PeopleRecords Records { get; }

    /// <summary>Persons with a spell of membership; 0 says nothing where <see cref="WhyNoMembers"/> does.</summary>
    public int People { get; private init; }

    /// <summary>Why it is not known how many members there were; null if it is.</summary>
    public string? WhyNoMembers => Records.Spells.Any(s => s.IsDated) ? null
        : Records.Spells.Count > 0 ? $"of none of {WhyHidden(Records.Spells.Count) ?? $"{Records.Spells.Count}"} spells the start is known" : "no spells of membership are recorded";

    /// <summary>How long members stay; null if it cannot be told.</summary>
    public RetentionResult? Retention { get; private set; }

    /// <summary>Whether it is a revolving door; null if it cannot be told.</summary>
    public RevolvingDoorResult? RevolvingDoor { get; private set; }

    /// <summary>How few carry it; null if it cannot be told.</summary>
    public CoreConcentrationResult? Core { get; private set; }

    /// <summary>Whether the same people stay on top, from year to year; null if it cannot be told.</summary>
    public EntrenchmentResult? Entrenchment { get; private set; }

    /// <summary>Leaving and speaking up; null if it cannot be told.</summary>
    public ExitAndVoiceResult? ExitAndVoice { get; private set; }

    /// <summary>What becomes of complaints; null if it cannot be told.</summary>
    public ComplaintOutcomesResult? Complaints { get; private set; }

    /// <summary>Years of joining of which it may be told who was still there a year later, none of which gives the others away by subtraction; empty if it cannot be told.</summary>
    public IReadOnlyList<RetentionCohort> Cohorts { get; private set; } = [];

    /// <summary>From joining to a year and to office, up to the first step that few took, or few did not; empty if it cannot be told.</summary>
    public IReadOnlyList<FunnelStep> Funnel { get; private set; } = [];

    /// <summary>Steps of <see cref="Funnel"/> that are not shown, and why. After one of them none is: the base of the next would give it away.</summary>
    public IReadOnlyList<(string From, string To, string Why)> HiddenSteps { get; private set; } = [];

    /// <summary>Why there is no <see cref="Funnel"/>; null if there is, though all of its steps be hidden.</summary>
    public string? WhyNoFunnel => Funnel.Count + HiddenSteps.Count > 0 ? null : Why(Lead) ?? WhyNoMembers ?? $"under {Settings.SmallestOrganization} people";

    /// <summary>
    /// Weeks by which half are gone of those who joined, came back or took office: the curves, each cut where fewer are left than may be shown. Since: it is of those who had stayed so many weeks, as too few are on record from
    /// their start; 0 if enough are.
    /// </summary>
    public IReadOnlyList<(string Of, Estimate Weeks, double Since)> MedianStays =>
    [
        Half("first time", Retention?.First, Why(Stay)), Half("came back", Retention?.Later, Why(Stay) ?? "nobody came back"), Half("in office", Entrenchment?.Tenures, Why(Lead)),
    ];

    private (string, Estimate, double) Half(string of, SurvivalCurve? curve, string? why) => (of, Median(curve, why), curve?.Start is > 0 and var since ? since : 0);

    /// <summary>
    /// Why nothing is told of the organization's offices and complaints: it is too small. Where no membership is on record, nobody knows how small it is, and this is null.
    /// </summary>
    private string? WhyTooSmall => Records.Spells.Count > 0 && People < Settings.SmallestOrganization
        ? $"under {Settings.SmallestOrganization} people: single persons could be made out" : null;

    /// <summary>Why <see cref="Retention"/> is not known; null if it is.</summary>
    public string? WhyNoRetention => Why(Stay);

    /// <summary>Why <see cref="ExitAndVoice"/> is not known; null if it is.</summary>
    public string? WhyNoExitAndVoice => Why(Voice);

    /// <summary>What cannot be told, and why.</summary>
    public IReadOnlyList<(string Question, string Why)> Untold => untold;

    /// <summary>Every question that the records answer.</summary>
    /// <param name="records">The records.</param>
    /// <param name="settings">The conventions; the usual ones if left out.</param>
    public static PeopleFlow Of(PeopleRecords records, PurposeSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        settings ??= new PurposeSettings();
        var flow = new PeopleFlow(records, settings) { People = records.Spells.Select(s => s.Person).Distinct().Count() };
        flow.Stays(settings);
        flow.Leads(settings);
        if (settings.Voice)
            flow.Speaks(settings);
        else
            flow.untold.Add((Voice + ", and complaints", "it was asked to be left out"));
        return flow;
    }

    /// <summary>Why a count is not shown: it is of fewer people than a figure may stand for; null if it may be shown. Nobody at all may.</summary>
    public string? WhyHidden(int count) => count > 0 && count < Settings.SmallestCell ? $"fewer than {Settings.SmallestCell}" : null;

    /// <summary>
    /// The one rule for figures that are of a part of a number of people or complaints, be it a share, a rate or a time by which so many were gone: why it is not shown; null if it may be. The part, the rest and the whole are each
    /// nobody, or as many as a figure may stand for.
    /// </summary>
    /// <param name="part">How many it is of.</param>
    /// <param name="whole">Of how many.</param>
    /// <param name="least">Smallest number that a figure may stand for; that of people if left out.</param>
    public string? WhyHidden(int part, int whole, int? least = null) => (least ?? Settings.SmallestCell) is var cell && new[] { part, whole - part, whole }.Any(n => n > 0 && n < cell)
        ? $"fewer than {cell} did, or did not: single ones could be made out" : null;

    /// <summary>The share that a curve has still there at a time, as far as it may be shown: by then nobody or enough are gone, and enough are left.</summary>
    /// <param name="curve">The curve.</param>
    /// <param name="weeks">Weeks since the start of the spells.</param>
    public Estimate StillThere(SurvivalCurve curve, double weeks)
    {
        ArgumentNullException.ThrowIfNull(curve);
        return Shown(curve.At(weeks), WhyHidden(curve, weeks));
    }

    private string? WhyHidden(SurvivalCurve curve, double weeks) => curve.UpTo(weeks) is var (gone, left) && WhyHidden(left) is { } few ? $"{few} are left by then" : WhyHidden(gone, curve.Spells);

    private static Estimate Shown(Estimate figure, string? whyNot) => figure.Known && whyNot is not null ? Estimate.Unknown(whyNot) : figure;

    private string? Why(string question) => untold.Where(u => u.Question.StartsWith(question, StringComparison.Ordinal)).Select(u => u.Why).FirstOrDefault();

    private Estimate Median(SurvivalCurve? curve, string? why) => curve is null ? Estimate.Unknown(why ?? "no spells") : Shown(curve.Median, curve);

    /// <summary>A time that was read off a curve, as far as it and the ends of its interval may be shown.</summary>
    private Estimate Shown(Estimate weeks, SurvivalCurve curve)
    {
        string? Why(double? at) => at is { } time ? WhyHidden(curve, time) : null;
        if (Why(weeks.Value) is { } hidden)
            return Estimate.Unknown(hidden);
        return (Why(weeks.Low) ?? Why(weeks.High)) is not { } end ? weeks
            : weeks with { Low = Why(weeks.Low) is null ? weeks.Low : null, High = Why(weeks.High) is null ? weeks.High : null, Why = weeks.Known ? end : weeks.Why };
    }

    private void Stays(PurposeSettings settings)
    {
        const string core = "how few carry it";
        var (spells, end) = (Records.Spells, Records.RecordsEnd);
        if (WhyNoMembers is { } none)
            untold.Add((Stay, none));
        else if (People < settings.SmallestOrganization)
            untold.Add((Stay, $"{WhyHidden(People) ?? $"{People}"} people: under {settings.SmallestOrganization}, single persons could be made out"));
        else if (end - spells.Min(s => s.ObservedFrom) < 1)
            untold.Add((Stay, "the records cover less than a week"));
        else
        {
            var door = Lines.RevolvingDoor.Of(spells, spells.Min(s => s.ObservedFrom), end);
            // a rate and how many it is a rate of give the number away
            if (WhyHidden(door.Leavers) is { } few)
                untold.Add((Stay, $"{few} left: single persons could be made out"));
            else
                Stayed(Lines.Retention.Of(spells, end, Records.YearOf), door);
        }

        if (Records.Contributions.Count(c => c > 0) is var working && working == 0)
            untold.Add((core, "nobody wrote down who did what"));
        else if (working < settings.SmallestOrganization)
            untold.Add((core, $"{WhyHidden(working) ?? $"{working}"} contributed: under {settings.SmallestOrganization}, single persons could be made out"));
        else
        {
            var shares = CoreConcentration.Of(Records.Contributions);
            // two coefficients give away how many did nothing
            if (WhyHidden(working, Records.Contributions.Count) is { } idle)
                shares = shares with { Members = shares.Members with { Gini = Estimate.Unknown(idle), Corrected = Estimate.Unknown(idle) } };
            // without spells of membership nobody knows who did nothing
            Core = Records.Spells.Count == 0 && WhyNoMembers is { } unknown ? shares with { Members = new(0, Estimate.Unknown(unknown), Estimate.Unknown(unknown)) } : shares;
        }
    }

    /// <summary>Takes over what may be shown of how long members stay. Of those who left in all, those who were gone within a year leave those who went later: they are not few, either.</summary>
    private void Stayed(RetentionResult stays, RevolvingDoorResult door)
    {
        if (stays.Table.Curve([.. Enumerable.Range(0, stays.Table.Spells.Count)]) is { } all)
        {
            var why = WhyHidden(all, Year) ?? WhyHidden(all.UpTo(Year).Events, all.EventCount);
            stays = stays with { YearOfAll = Shown(stays.YearOfAll, why), HalfLifeOfAll = Shown(stays.HalfLifeOfAll, all) };
            // where people returned, the interval is that of resampled persons, as the spells of one are alike
            var loss = stays.Returners > 0 && door.FirstYearLoss.Known && stays.YearOfAll.Known ? stays.YearOfAll.Rest() : door.FirstYearLoss;
            door = door with { FirstYearLoss = Shown(loss, why) };
        }

        int less = Math.Min(door.Joiners, door.Leavers), early = door.LeaversFirstYear, late = door.LeaversAfterYear3;
        (Retention, RevolvingDoor, Cohorts) = (stays, door with
        {
            ChurnPerYear = Shown(door.ChurnPerYear, WhyHidden(less, less)),
            HazardRatio = Shown(door.HazardRatio, WhyHidden(early, early) ?? WhyHidden(late, late)),
        }, [.. Together(stays).OrderBy(c => c.Year)]);
    }

    private List<RetentionCohort> Together(RetentionResult stays)
    {
        static int Gone(RetentionCohort c) => c.Curve!.UpTo(Year).Events;
        var shown = stays.Cohorts.Where(c => c.Curve is { } curve && WhyHidden(curve, Year) is null).OrderBy(Gone).ToList();
        // what is known of all, less what is shown, is of the years that are not
        while (shown.Count > 0 && WhyHidden(stays.First!.UpTo(Year).Events - shown.Sum(Gone), stays.First.Spells - shown.Sum(c => c.Joiners)) is not null)
            shown.RemoveAt(0);
        return shown;
    }

    private void Leads(PurposeSettings settings)
    {
        if (Records.Tenures.Count == 0)
        {
            untold.Add((Lead, "no times in elected office are recorded"));
            return;
        }

        if (WhyTooSmall is { } small)
        {
            untold.Add((Lead, small));
            return;
        }

        var holders = Records.Tenures.Select(t => t.Spell.Person).Distinct().Count();
        if (holders < settings.SmallestCell)
        {
            untold.Add((Lead, $"{WhyHidden(holders)} held office: single persons could be made out"));
            return;
        }

        Entrenchment = Lines.Entrenchment.Of([.. Yearly()], Records.Tenures, Records.RecordsEnd);
        if (People >= settings.SmallestOrganization)
        {
            var steps = Lines.Funnel.Of([new("joined", 0), new("stayed a year", 53), new("took office", 260)], [.. Careers()], Records.RecordsEnd);
            string? Hidden(FunnelStep step) => WhyHidden(step.Reached, step.Base) ?? WhyHidden(step.Immature, step.Immature);
            Funnel = [.. steps.TakeWhile(s => Hidden(s) is null)];
            HiddenSteps = [.. steps.Skip(Funnel.Count).Select(s => (s.From, s.To, Hidden(s) ?? "the step before it could be had by subtraction"))];
        }
    }

    /// <summary>Who led a year ago and leads now, at each year's end: elections that return the same people leave no other trace.</summary>
    private IEnumerable<Renewal> Yearly()
    {
        var (first, year) = (Records.Tenures.Min(t => t.Spell.ObservedFrom), SpellTable.WeeksPerYear);
        for (var week = first + year; week <= Records.RecordsEnd; week += year)
        {
            HashSet<long> Holders(double at) => [.. Records.Tenures.Select(t => t.Spell).Where(s => s.ObservedFrom <= at && !(s.End <= at)).Select(s => s.Person)];
            var (before, now) = (Holders(week - year), Holders(week));
            var members = Records.Spells.Where(s => s.Start <= week && !(s.End <= week)).Select(s => s.Person).Distinct().Count();
            if (before.Count > 0)
                yield return new Renewal(week, before.Count, before.Count(now.Contains), Records.Spells.Count == 0 ? null : Math.Max(members, before.Count));
        }
    }

    private IEnumerable<IReadOnlyList<double?>> Careers()
    {
        var office = Records.Tenures.GroupBy(t => t.Spell.Person).ToDictionary(g => g.Key, g => g.Min(t => t.Spell.Start));
        var table = SpellTable.Of(Records.Spells, Records.RecordsEnd);
        foreach (var first in table.Spells.Where((_, row) => table.Earlier[row] == 0))
        {
            if (first.ObservedFrom > first.Start)
                continue; // who joined before the records is seen only if they stayed
            var stayed = !(first.End < first.Start + 52) && Records.RecordsEnd >= first.Start + 52;
            yield return [first.Start, stayed ? first.Start + 52 : null, stayed && office.TryGetValue(first.Person, out var week) ? Math.Max(week, first.Start + 52) : null];
        }
    }

    private void Speaks(PurposeSettings settings)
    {
        const string outcome = "what becomes of complaints";
        if (Records.Complaints.Count == 0)
            untold.Add((outcome, "no complaints are recorded"));
        else if (WhyTooSmall is { } small)
            untold.Add((outcome, small));
        else if (Records.Complaints.Count < settings.SmallestComplaintCell)
            untold.Add((outcome, $"fewer than {settings.SmallestComplaintCell} complaints: single ones could be made out"));
        else
        {
            var outcomes = ComplaintOutcomes.Of(Records.Complaints, Records.RecordsEnd, HalfAYear);
            // a share of so many gives the number away
            if (new[] { outcomes.Resolved, outcomes.Withdrawn, outcomes.Open }.Any(n => n > 0 && n < settings.SmallestComplaintCell))
                untold.Add((outcome, $"fewer than {settings.SmallestComplaintCell} of them ended in one of the ways: single ones could be made out"));
            else
            {
                string? Hidden(int cause, double? weeks) => weeks is { } at && outcomes.Curves is { } curves ? WhyHidden(curves.UpTo(cause, at), curves.Spells, settings.SmallestComplaintCell) : null;
                var half = outcomes.MedianWeeksToResolution;
                // what is neither resolved nor withdrawn is open
                var open = outcomes.Curves is { } both ? WhyHidden(both.UpTo(0, HalfAYear) + both.UpTo(1, HalfAYear), both.Spells, settings.SmallestComplaintCell) : null;
                Complaints = outcomes with
                {
                    ResolvedAtHorizon = Shown(outcomes.ResolvedAtHorizon, Hidden(0, HalfAYear)),
                    WithdrawnAtHorizon = Shown(outcomes.WithdrawnAtHorizon, Hidden(1, HalfAYear) ?? open),
                    MedianWeeksToResolution = Shown(half, Hidden(0, half.Value)),
                };
            }
        }

        if (Records.Voices.Count == 0)
            untold.Add((Voice, "nobody wrote down who spoke up"));
        else if (Records.Voices.Count < settings.SmallestComplaintCell)
            untold.Add((Voice, $"fewer than {settings.SmallestComplaintCell} complaints: single ones could be made out"));
        else if (WhyNoMembers is { } none)
            untold.Add((Voice, none));
        else if (People < settings.SmallestOrganization)
            untold.Add((Voice, $"under {settings.SmallestOrganization} people"));
        else
        {
            var both = Lines.ExitAndVoice.Of(Records.Spells, Records.Voices, Records.RecordsEnd);
            // a rate and the years that it is a rate of give the number away
            if (both.Voices > 0 && both.Voices < settings.SmallestComplaintCell)
                untold.Add((Voice, $"fewer than {settings.SmallestComplaintCell} complaints by members: single ones could be made out"));
            else if (WhyHidden(both.Exits) is { } left)
                untold.Add((Voice, $"{left} left: single persons could be made out"));
            else
                ExitAndVoice = both with { ExitAfterComplaint = Shown(both.ExitAfterComplaint, WhyHidden(both.Followed.Left, both.Followed.Spells)) };
        }
    }
}
