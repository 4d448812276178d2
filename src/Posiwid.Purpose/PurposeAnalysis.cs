using Posiwid.Purpose.Lines;
using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose;

/// <summary>Every line of evidence that the data allow, and the profile that they make together.</summary>
public sealed class PurposeAnalysis
{
    private readonly IReadOnlyList<EffortShare>[] byRun;
    private readonly double[] usual;
    private readonly Lazy<IReadOnlyList<(string, string, int, KendallTauResult)>> agreement;
    private readonly Lazy<(IReadOnlyList<string>, int, KendallWResult)> concordance;
    private readonly Lazy<IReadOnlyList<SayDoGapResult>> sayDo;
    private readonly Dictionary<string, (RevealedPreferenceResult Before, RevealedPreferenceResult After)> learned = [];
    private readonly double[][] effortDraws; // shares by end: of all runs in each resample of runs, or of all weeks in each resample of weeks

    /// <summary>Reads data.</summary>
    /// <param name="data">The data.</param>
    /// <param name="settings">The conventions; the usual ones if left out.</param>
    public PurposeAnalysis(PurposeData data, PurposeSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        Data = data;
        Settings = settings ?? new PurposeSettings();
        byRun = [.. data.Hours.Select(h => EffortShares.Of(h, data.Ends)).OfType<IReadOnlyList<EffortShare>>()];
        Effort = EffortShares.Of([.. data.Hours.SelectMany(h => h)], data.Ends);
        effortDraws = byRun.Length > 1 ? EffortShares.Resampled(byRun) : EffortShares.Resampled(data.HoursByWeek, data.Ends);
        Coding = data.CodedKinds.Count == 0 ? null : CodingAgreement.Of(data.CodedKinds, Settings);
        Money = EffortShares.Of([.. data.MoneyOut.Select(m => KeyValuePair.Create(m.Key, m.Value - data.MoneyByEnd.Where(o => o.Kind == m.Key).Sum(o => o.Amount)))], data.Ends, [.. data.MoneyByEnd.Select(o => KeyValuePair.Create(o.End, o.Amount))]);
        Defense = [.. data.Defense.Select(t => Lines.Defense.Of(t, Settings))];
        Shocks = [.. data.Shocks.Select(Answers)];
        Channels = [.. data.Channels.Select(t => (t, ChannelShares.Of(t)))];
        Stability = [.. data.Stability.Select(t => (t, Lines.Defense.Regulation(t)))];
        usual = data.Lives is [var all, ..] ? [.. all.Weeks.Select(w => (double)w)] : [];
        Necessity = [.. data.Lives.Skip(1).Select(l => (l, Lines.Necessity.Of(usual, KnockOutOf(l), data.Horizon)))];
        Interactions = [.. TwoAtOnce()];
        Choices = [.. data.Decisions.GroupBy(d => d.Kind).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => RevealedPreference.Of([.. g], Settings))];
        var core = data.Functions.Where(f => f.Core).ToArray();
        if (data.Combinations is { } combinations)
        {
            Sets = FunctionSets.Of([.. core.Select(f => f.Id)], [.. combinations.Select(s => (IReadOnlyList<double>)[.. s.Select(w => (double)Math.Min(w, data.Horizon))])], Settings.Viable);
            Beer = ViableSystem.Test(Sets, [.. core.Select(f => f.Beer)]);
        }

        // in simulated records there is nobody who could be made out
        People = data.People is { } people ? PeopleFlow.Of(people, data.Source == EvidenceSource.Records ? Settings : Settings with { SmallestCell = 0, SmallestOrganization = 0, SmallestComplaintCell = 0 }) : null;
        Concentration = Effort is null ? null : (Composition.Bits([.. Effort.Select(e => e.Hours)]), Composition.EffectiveNumber([.. Effort.Select(e => e.Hours)]));
        Profile = PurposeProfile.Of([.. data.Ends.All.Select(Of)], data.Source, Settings);
        // a trial is called a means only where the profile, after all of its tests, calls its end one
        var means = Profile.Rows.Where(r => r.UsedAsMeans).Select(r => r.End.Code).ToHashSet();
        Defense = [.. Defense.Select(d => d.Word == Lines.Defense.Means && !means.Contains(d.Trial.End) ? d with { Word = Lines.Defense.NotDisturbed } : d)];
        agreement = new(() => [.. Pairs()]);
        concordance = new(All);
        sayDo = new(() => data.Said.Count == 0 ? [] : [.. Enum.GetValues<Revealed>().SelectMany(SaidAndDone)]);
    }

    /// <summary>What was read.</summary>
    public PurposeData Data { get; }

    /// <summary>The conventions.</summary>
    public PurposeSettings Settings { get; }

    /// <summary>Shares of all hours; null if none are recorded.</summary>
    public IReadOnlyList<EffortShare>? Effort { get; }

    /// <summary>Share of the hours that is of kinds which serve no end in the coding, 0..1; 0 if there are no hours.</summary>
    public double UncodedEffort => Effort is null ? 0 : Math.Max(0, 1 - Effort.Sum(e => e.Share));

    /// <summary>How far several coders agree for which end each activity was; null if no activities are on record.</summary>
    public CodingAgreementResult? Coding { get; }

    /// <summary>How evenly the hours are spread over the ends: entropy in bits, and the number of equal ends that would have it; null if no hours are recorded.</summary>
    public (double Bits, double EffectiveEnds)? Concentration { get; }

    /// <summary>Shares of the money out; null if none is coded.</summary>
    public IReadOnlyList<EffortShare>? Money { get; }

    /// <summary>What every disturbance showed.</summary>
    public IReadOnlyList<DefenseResult> Defense { get; }

    /// <summary>How blows that are on record were answered: at most 'consistent with defense', and no vote.</summary>
    public IReadOnlyList<RecordedShocksResult> Shocks { get; }

    /// <summary>By which decisions ends that are defended are defended.</summary>
    public IReadOnlyList<(ChannelTrial Trial, IReadOnlyList<ChannelShare> Shares)> Channels { get; }

    /// <summary>How much steadier its decisions make each end in ordinary times.</summary>
    public IReadOnlyList<(StabilityTrial Trial, (Estimate Stability, Estimate Bits) Result)> Stability { get; }

    /// <summary>What every loss showed.</summary>
    public IReadOnlyList<(LifeTrial Trial, NecessityResult Result)> Necessity { get; }

    /// <summary>
    /// Of each pair of functions that was taken away: v(N) - v(N-i) - v(N-j) + v(N-ij), weeks over paired seeds. Below 0 the two stand in for one another,
    /// above 0 one is worth little without the other.
    /// </summary>
    public IReadOnlyList<(string First, string Second, Estimate Weeks)> Interactions { get; }

    /// <summary>What choices reveal, by kind of decision.</summary>
    public IReadOnlyList<RevealedPreferenceResult> Choices { get; }

    /// <summary>What the lives under every combination of the core functions say; null unless they were tried.</summary>
    public FunctionSetsResult? Sets { get; }

    /// <summary>Whether every way to live has a function of each of Beer's systems; null unless every combination was tried.</summary>
    public ViableSystemTest? Beer { get; }

    /// <summary>What becomes of the people; null unless the records tell of them.</summary>
    public PeopleFlow? People { get; }

    /// <summary>How far the rankings of the ends by two lines agree (Kendall 1938); low agreement is a finding, for the lines ask different things.</summary>
    public IReadOnlyList<(string First, string Second, int Ends, KendallTauResult Result)> Agreement => agreement.Value;

    /// <summary>How far the rankings of the ends by all lines that know something agree (Kendall and Babington Smith 1939): the lines, the ends that all of them know, and W.</summary>
    public (IReadOnlyList<string> Lines, int Ends, KendallWResult Result) Concordance => concordance.Value;

    /// <summary>Whether every stated aim has a weight. Where some have a rank alone, all are compared by their ranks: an aim without a weight is not one of weight 0.</summary>
    public bool SaidByWeight => Data.Said.Count > 0 && Data.Said.All(a => a.Weight is not null);

    /// <summary>How far what is said and what is done are apart: by hours, by defense and by choices, never in one; empty if nothing is stated.</summary>
    public IReadOnlyList<SayDoGapResult> SayDo => sayDo.Value;

    /// <summary>The lines put together.</summary>
    public PurposeProfile Profile { get; }

    /// <summary>Why no control of the profile could be run, as a sentence; null if one was.</summary>
    public string? WithoutControl
    {
        get
        {
            var controls = Profile.Rows.Where(r => r.End.IsPlacebo).ToArray();
            if (controls.Any(r => r.Verdict != Verdicts.ControlUntested))
                return null;
            var why = controls.Length == 0 ? "no end is declared that nobody can want"
                : string.Join("; ", controls.SelectMany(r => new[] { ("defense", r.Evidence.Defense), ("choice", r.Evidence.Choice) }).Select(l => $"{l.Item1}: {l.Item2.Estimate.Why}").Distinct());
            return $"No control could be run ({why}): whether the instrument works here was not tried.";
        }
    }

    /// <summary>What was lost with one function alone; null if it was not tried.</summary>
    public NecessityResult? Without(string function, string freed = "pro_rata") =>
        Necessity.FirstOrDefault(n => n.Trial is { Without: [var only], Share: 1 } && only == function && n.Trial.Freed == freed).Result;

    /// <summary>The functions of an end without which, alone, life is shorter beyond doubt: the necessity of the end hangs on their tags.</summary>
    public IReadOnlyList<string> HangsOn(string end) =>
        [.. Data.Functions.Where(f => f.End == end && Without(f.Id) is { } alone && alone.WeeksLost.Low > Settings.LifeLost * alone.Life.Value).Select(f => f.Id)];

    /// <summary>Blows of rising size to an end on the first date, each with the share that was made good.</summary>
    public IReadOnlyList<DefenseResult> Doses(string end) =>
        [.. Defense.Where(d => d.Trial is { Lasts: false, Channel: null, Dose: < 0 } t && t.End == end && t.Week == Defense[0].Trial.Week && d.Share.Known).OrderBy(d => -d.Trial.Dose)];

    private IEnumerable<(string, string, Estimate)> TwoAtOnce()
    {
        double[]? Lives(params string[] without) =>
            Data.Lives.Skip(1).FirstOrDefault(l => l is { Freed: "pro_rata", Share: 1 } && l.Without.Count == without.Length && without.All(l.Without.Contains)) is { } life ? [.. life.Weeks.Select(w => (double)Math.Min(w, Data.Horizon))] : null;
        var core = Data.Functions.Where(f => f.Core).Select(f => f.Id).ToArray();
        for (var i = 0; i < core.Length; i++)
        {
            for (var j = i + 1; j < core.Length; j++)
            {
                if (Lives(core[i], core[j]) is { } both && Lives(core[i]) is { } one && Lives(core[j]) is { } other)
                    yield return (core[i], core[j], PairedTest.Mean([.. both.Select((b, s) => Math.Min(usual[s], Data.Horizon) - one[s] - other[s] + b)]));
            }
        }
    }

    private EndEvidence Of(End end)
    {
        var said = Data.Said.FirstOrDefault(s => s.End == end.Code);
        var functions = Data.Functions.Where(f => f.End == end.Code).Select(f => f.Id).ToArray();
        var evidence = new EndEvidence
        {
            End = end,
            SaidRank = said?.Rank,
            SaidWeight = said?.Weight,
            Effort = end.IsPlacebo ? null : Effort?.First(e => e.End.Code == end.Code),
            EffortInterval = EffortOverRuns(end),
            Money = end.IsPlacebo || Money is null ? Estimate.Unknown("no payments are coded by end") : Of(Money.First(e => e.End.Code == end.Code)),
            Functions = functions,
        };
        return WithDefense(WithNecessity(WithChoice(evidence), functions));
    }

    /// <summary>The first kind of decision with an attribute that stands for the end. Weights that somebody set do not vote.</summary>
    private EndEvidence WithChoice(EndEvidence evidence)
    {
        if (Data.Decisions.Count == 0)
            return Data.WhyNoDecisions is { } none ? evidence with { Choice = TestedLine.Untested(none) } : evidence;
        if (evidence.End.IsPlacebo)
            return evidence with { Choice = ByLot() };

        var standsFor = Data.AttributeEnds.Where(a => a.End == evidence.End.Code && Choices.Any(c => c.Kind == a.Decision)).OrderBy(a => a.Weights).ToArray();
        if (standsFor.Length == 0)
            return evidence with { Choice = TestedLine.Untested("no attribute of alternatives stands for it") };
        var (decision, attribute) = (standsFor[0].Decision, standsFor[0].Attribute);
        var line = RevealedPreference.Line(Choices.First(c => c.Kind == decision), attribute);
        return evidence with
        {
            WholeMenus = Data.Decisions.Where(d => d.Kind == decision).All(d => d.MenuComplete),
            Choice = standsFor[0].Weights switch
            {
                WeightOrigin.Learned => line,
                WeightOrigin.Changed => LearnedPreference.Of(BeforeAndAfter(decision), attribute),
                _ => line with { Estimate = line.Estimate with { Why = "set by the scenario" }, PValue = null },
            },
        };
    }

    /// <summary>
    /// The attribute by lot, by the very rule by which the attributes of each kind of decision vote: the whole period where weights are learned outright, before
    /// against after where they are changed. Of several tests the one of smallest p is shown, and p is multiplied by how many there are (Bonferroni), so that the
    /// control as a whole fails by chance no more often than another line.
    /// </summary>
    private TestedLine ByLot()
    {
        var tests = Data.AttributeEnds.Where(a => a.Weights != WeightOrigin.Scenario && Choices.Any(c => c.Kind == a.Decision)).Select(a => (a.Decision, a.Weights)).Distinct()
            .Select(a => a.Weights == WeightOrigin.Changed ? LearnedPreference.Of(BeforeAndAfter(a.Decision), RevealedPreference.Control)
                : RevealedPreference.Line(Choices.First(c => c.Kind == a.Decision), RevealedPreference.Control)).ToArray();
        var tested = tests.Where(t => t.PValue is not null).ToArray();
        if (tested.MinBy(t => t.PValue) is { } least)
            return least with { PValue = Math.Min(1, tested.Length * least.PValue!.Value) };
        return TestedLine.Untested(tests.Length == 0 ? "no kind of decision votes" : tests[0].Estimate.Why ?? "no test could be made");
    }

    private (RevealedPreferenceResult Before, RevealedPreferenceResult After) BeforeAndAfter(string decision)
    {
        if (!learned.TryGetValue(decision, out var found))
            learned[decision] = found = LearnedPreference.BeforeAndAfter([.. Data.Decisions.Where(d => d.Kind == decision)], Settings.FirstYears * 52, Settings);
        return found;
    }

    private EndEvidence WithNecessity(EndEvidence evidence, string[] functions)
    {
        if (evidence.End.IsPlacebo)
            return evidence with { Necessity = TestedLine.Untested("nothing serves it") };
        if (Data.Lives.Count == 0)
            return evidence;
        var together = Together(functions);
        return evidence with
        {
            Necessity = together is null ? TestedLine.Untested(functions.Length == 0 ? "no function is tagged with it" : "what serves it was not taken away together") : Lines.Necessity.Line(usual, KnockOutOf(together), Data.Horizon, Settings),
        };
    }

    /// <summary>The single blows at dose 1, all dates together; what harms votes, what favors is shown beside it.</summary>
    private EndEvidence WithDefense(EndEvidence evidence)
    {
        var blows = Defense.Where(d => d.Trial is { Lasts: false, Channel: null } t && t.End == evidence.End.Code && Math.Abs(t.Dose) == 1).ToArray();
        if (blows.Length == 0 && Shocks.FirstOrDefault(s => s.End == evidence.End.Code) is { } onRecord)
            return evidence with { Defense = TestedLine.Untested($"recorded shocks alone: {onRecord.Word}{(onRecord.Why is { } why ? $" ({why})" : "")}"), DefenseWord = onRecord.Word };
        if (blows.Length == 0)
            return evidence with { Defense = Data.Defense.Count == 0 ? evidence.Defense : TestedLine.Untested("nothing that disturbs it is known") };
        var harm = Pooled(blows.Where(d => d.Trial.Dose < 0));
        var favor = Pooled(blows.Where(d => d.Trial.Dose > 0));
        if (harm is null)
            return evidence with { DefenseUp = favor!.Share };
        return evidence with
        {
            Defense = Lines.Defense.Line(harm),
            DefenseUp = favor?.Share ?? evidence.DefenseUp,
            DefenseWord = harm.Word,
            Sensor = harm.Sensor,
            MeansPValue = harm.MeansPValue,
        };
    }

    /// <summary>
    /// The measure and the hours that serve the end, period by period as the measure was taken (a week, four weeks, a month), over the longest stretch
    /// without a gap. Nothing is filled in: where that stretch is less than half of the time, the gaps decide what is seen, and nothing is told.
    /// A measure tells of what was done in the weeks of which most was over on the day on which it was taken, and of blows up to that day. In a simulated book a week stands under its Monday, blows, hours and the measure at its
    /// end alike; its blows stay with the nearest measure.
    /// </summary>
    private RecordedShocksResult Answers(RecordedBlows blows)
    {
        var end = Data.Ends.All.First(e => e.Code == blows.End);
        if (blows.Weeks.Count == 0)
            return Untold($"its measure, {end.Measure}, is not on record");
        if (Data.HoursByWeek.Count == 0)
            return Untold("no activity is on record that could have answered");
        var (start, period) = (blows.Weeks[0], Period(blows.Weeks));
        var simulated = Data.Source != EvidenceSource.Records;
        int At(double week) => (int)Math.Round((week - start) / period);
        int BlowAt(double week) => simulated ? At(week) : NextAt(week);
        var values = blows.Weeks.Select((w, i) => (At: At(w), Value: blows.Values[i])).GroupBy(x => x.At).ToDictionary(g => g.Key, g => g.First().Value);
        var (from, length) = (0, 0);
        foreach (var begin in values.Keys.Where(k => !values.ContainsKey(k - 1)))
        {
            var run = 0;
            while (values.ContainsKey(begin + run))
                run++;
            if (run > length)
                (from, length) = (begin, run);
        }

        var last = values.Keys.Max();
        var missing = last + 1 - values.Count;
        if (2 * length < last + 1)
            return Untold($"of {last + 1} periods {missing} have no measure, and the longest stretch without a gap has {length}: less than half") with { Missing = missing };
        var action = new double[length];
        foreach (var hour in Data.HoursByWeek)
        {
            // of hours only the week is known: by its fourth day most of it is done
            var at = NextAt(simulated ? hour.Week : ((7 * hour.Week) + 3) / 7.0) - from;
            if (at >= 0 && at < length)
                action[at] += hour.Hours * Data.Ends.Of(hour.Kind).Where(c => c.End == end.Code).Sum(c => c.Weight);
        }

        var horizon = Math.Max(3, (int)Math.Round(RecordedShocks.Quarter / period));
        var result = RecordedShocks.Of(
            end.Code, [.. Enumerable.Range(from, length).Select(i => values[i])], action, [.. blows.Blows.Select(Dated)], new DeclaredAction(end.MoreIsBetter ? 1 : -1), Settings, horizon);
        return result with { Missing = missing, Unused = Unused(b => RecordedShocks.WhyUnused(Dated(b), length, horizon) is { } why ? Where(BlowAt(b.Week), why) : null) };

        RecordedShocksResult Untold(string why) => RecordedShocks.Untold(end.Code, why, Unused(b => RecordedShocks.WhyUnused(new(0, b.Size, b.External, b.Anticipated), int.MaxValue, lags: 0) ?? why));

        IReadOnlyList<UnusedShock> Unused(Func<RecordedBlow, string?> whyNot) => [.. blows.Blows.Select(b => (b.Week, Why: whyNot(b))).Where(b => b.Why is not null).Select(b => new UnusedShock(b.Week, b.Why!))];

        // the place of the first measure at or after a time; where none is due by the period before it, a place in the gap
        int NextAt(double week)
        {
            var next = blows.Weeks.TakeWhile(w => w < week).Count();
            if (next == blows.Weeks.Count)
                return last + 1;
            var at = At(blows.Weeks[next]);
            int? before = next == 0 ? null : At(blows.Weeks[next - 1]);
            return at - before is 0 or 1 || week > blows.Weeks[next] - period ? at : at - 1;
        }

        DatedShock Dated(RecordedBlow blow) => new(BlowAt(blow.Week) - from, blow.Size, blow.External, blow.Anticipated);

        // beyond the stretch there may be measures, a gap apart
        string Where(int at, string why) => !why.EndsWith(" measure", StringComparison.Ordinal) || at < 0 || at > last ? why : values.ContainsKey(at) ? "on the other side of a gap in the measure" : "in a gap of the measure";
    }

    /// <summary>Weeks from one measure to the next as they usually are. Calendar months, quarters and years differ in length: theirs is the mean one, so that they stay in step.</summary>
    private static double Period(IReadOnlyList<double> weeks)
    {
        double[] gaps = [.. weeks.Zip(weeks.Skip(1), (a, b) => b - a).Order()];
        if (gaps.Length == 0 || gaps[gaps.Length / 2] is not (> 0 and var median))
            return 1;
        var usual = gaps.Where(g => g > median / 1.5 && g < median * 1.5).ToArray();
        const double year = 365.25 / 7;
        return usual[^1] - usual[0] < 0.5 / 7 ? median
            : new[] { year / 12, year / 4, year }.Where(c => Math.Abs(usual.Average() - c) < 0.02 * c).DefaultIfEmpty(median).First();
    }

    /// <summary>Trials of one end and direction at several dates as one: a seed's areas at the dates are added, so that a pair stays a pair.</summary>
    private DefenseResult? Pooled(IEnumerable<DefenseResult> results)
    {
        var dates = results.Select(r => r.Trial).ToArray();
        if (dates.Length < 2)
            return dates.Length == 0 ? null : Lines.Defense.Of(dates[0], Settings);
        double[]? Joined(Func<DefenseTrial, IReadOnlyList<double[]?>?> arm, int seed)
        {
            var parts = dates.Where(d => d.Live[seed] is not null).Select(d => arm(d)?[seed]).OfType<double[]>().ToArray();
            return parts.Length == 0 ? null : [.. Enumerable.Range(0, parts[0].Length).Select(s => parts.Sum(p => p[s]))];
        }

        IReadOnlyList<double[]?> All(Func<DefenseTrial, IReadOnlyList<double[]?>?> arm) => [.. Enumerable.Range(0, dates[0].Live.Count).Select(i => Joined(arm, i))];
        return Lines.Defense.Of(dates[0] with
        {
            Undisturbed = All(d => d.Undisturbed),
            Live = All(d => d.Live),
            Replayed = All(d => d.Replayed),
            Blinded = dates[0].Blinded is null ? null : All(d => d.Blinded),
            Deaths = (dates.Sum(d => d.Deaths.Alive), dates.Sum(d => d.Deaths.DiedDisturbed), dates.Sum(d => d.Deaths.DiedUndisturbed)),
        }, Settings);
    }

    /// <summary>Of a model, nine runs in ten lie between; of records, the process behind the weeks does in 95 of 100.</summary>
    private Estimate EffortOverRuns(End end)
    {
        if (end.IsPlacebo || Effort is null)
            return Estimate.Unknown("no hours are recorded");
        var (at, share) = (IndexOf(end), Effort.First(e => e.End.Code == end.Code).Share);
        if (effortDraws.Length < 2)
            return Estimate.Bare(share, Data.HoursByWeek.Count == 0 ? "one record: no interval over runs" : BlockBootstrap.WhyNot(EffortShares.Weeks(Data.HoursByWeek)) ?? "no interval");
        double[] shares = [.. (byRun.Length > 1 ? byRun.Select(run => run[at].Share) : effortDraws.Select(d => d[at])).Order()];
        double At(double q) => shares[(int)Math.Round(q * (shares.Length - 1))];
        return byRun.Length > 1 ? Estimate.Of(shares.Average(), At(0.05), At(0.95)) : Estimate.Of(share, At(0.025), At(0.975));
    }

    private IReadOnlyList<SayDoGapResult> SaidAndDone(Revealed revealed)
    {
        return SayDoGap.Of([.. Profile.Rows.Where(r => !r.End.IsPlacebo).Select(r =>
        {
            var e = r.Evidence;
            var done = revealed switch
            {
                Revealed.Effort => e.Effort is { } effort ? Estimate.Bare(effort.Share, "") : Estimate.Unknown("no hours are recorded"),
                Revealed.Defense => e.Defense.Estimate,
                _ => e.Choice.PValue is null ? Estimate.Unknown("not tested") : e.Choice.Estimate,
            };
            IReadOnlyList<double>? draws = revealed != Revealed.Effort ? Around(done, (uint)IndexOf(r.End)) : effortDraws.Length > 1 ? [.. effortDraws.Select(d => d[IndexOf(r.End)])] : null;
            return new SayDoEnd(r.End.Code, SaidByWeight ? null : e.SaidRank, SaidByWeight ? e.SaidWeight ?? 0 : null, done.Value, draws);
        })], revealed);
    }

    /// <summary>Draws of a figure as its interval has it, taken as normal; the figure itself where it has none.</summary>
    private static double[] Around(Estimate figure, uint row, int draws = 500)
    {
        var (random, error) = (new AddressedRandom(1, 0x736179), figure is { Low: { } low, High: { } high } ? (high - low) / 3.92 : 0);
        return [.. Enumerable.Range(0, draws).Select(d => (figure.Value ?? 0) + (error * random.Normal(row, 2 * (uint)d)))];
    }

    /// <summary>What each line says of each end, to be ranked; null where it knows nothing.</summary>
    private (string Name, double?[] Values)[] Rankings()
    {
        var rows = Profile.Rows.Where(r => !r.End.IsPlacebo).Select(r => r.Evidence).ToList();
        return
        [
            ("said", [.. rows.Select(e => -(double?)e.SaidRank)]), ("effort", [.. rows.Select(e => e.Effort?.Share)]), ("defense", [.. rows.Select(e => e.Defense.Estimate.Value)]),
            ("necessity", [.. rows.Select(e => e.Necessity.Estimate.Value)]), ("choice", [.. rows.Select(e => e.Choice.PValue is null ? null : e.Choice.Estimate.Value)]),
        ];
    }

    /// <summary>Every two of the lines, over the ends of which both know something.</summary>
    private IEnumerable<(string, string, int, KendallTauResult)> Pairs()
    {
        var lines = Rankings();
        for (var i = 0; i < lines.Length; i++)
        {
            for (var j = i + 1; j < lines.Length; j++)
            {
                var both = lines[i].Values.Zip(lines[j].Values).Where(p => p.First is not null && p.Second is not null).ToArray();
                if (both.Length > 1)
                    yield return (lines[i].Name, lines[j].Name, both.Length, KendallTau.Of([.. both.Select(p => p.First!.Value)], [.. both.Select(p => p.Second!.Value)]));
            }
        }
    }

    /// <summary>All lines that know something of as many ends as most do, over the ends of which they all do.</summary>
    private (IReadOnlyList<string>, int, KendallWResult) All()
    {
        var lines = Rankings().Where(l => l.Name != "said" && l.Values.Any(v => v is not null)).ToArray();
        int[] ends = lines.Length == 0 ? [] : [.. Enumerable.Range(0, lines[0].Values.Length).Where(i => lines.All(l => l.Values[i] is not null))];
        return ([.. lines.Select(l => l.Name)], ends.Length, KendallW.Of([.. lines.Select(l => ends.Select(i => l.Values[i]!.Value).ToArray())], new AddressedRandom(1, 0x6b656e)));
    }

    /// <summary>The profile with lives counted up to half the horizon only, made anew with Holm's correction over all of its tests; null if nobody looked at lives.</summary>
    public PurposeProfile? AtHalfTheTime() =>
        Data.Lives.Count == 0 || Data.Horizon < 2 ? null
            : PurposeProfile.Of([.. Profile.Rows.Select(r => !r.End.IsPlacebo && Together(r.Evidence.Functions) is { } together
                ? r.Evidence with { Necessity = Lines.Necessity.Line(usual, KnockOutOf(together), Data.Horizon / 2, Settings) } : r.Evidence)], Data.Source, Settings);

    /// <summary>
    /// The profile with blows of another size, at the first date, in place of the usual ones at all dates: smallest first, the usual size among them where there are several dates, so that it can be seen
    /// whether it is the size that matters or the date. Made anew with Holm's correction over all of its tests. Empty unless other sizes were tried. The sensor is blinded only for the usual blow: its test is carried over.
    /// </summary>
    /// <returns>Size relative to the usual blow (above 0; the blows do harm), and the profile with it.</returns>
    public IReadOnlyList<(double Dose, PurposeProfile Profile)> AtOtherDoses()
    {
        if (Defense.Count == 0)
            return [];
        var week = Defense[0].Trial.Week;
        var single = Defense.Where(d => d.Trial is { Lasts: false, Channel: null, Dose: < 0 }).ToArray();
        double[] doses = [.. single.Where(d => d.Trial.Week == week).Select(d => -d.Trial.Dose).Where(d => d is 0.5 or 2).Distinct()];
        if (doses.Length > 0 && single.Any(d => d.Trial.Dose == -1 && d.Trial.Week != week))
            doses = [.. doses, 1];
        return [.. doses.Order().Select(dose => (dose, PurposeProfile.Of([.. Profile.Rows.Select(r =>
            single.FirstOrDefault(d => d.Trial.Week == week && d.Trial.Dose == -dose && d.Trial.End == r.End.Code) is { } blow
                ? r.Evidence with { Defense = Lines.Defense.Line(blow), DefenseWord = blow.Word, MeansPValue = blow.MeansPValue } : r.Evidence)], Data.Source, Settings)))];
    }

    /// <summary>
    /// The profile by a second rule of death, by which an organization also counts as dead once it is no more than a remnant (fewer than half of its
    /// founders' number, eight weeks in a row); null if nobody looked.
    /// </summary>
    public PurposeProfile? AsMoreThanARemnant()
    {
        if (Data.Lives.Count == 0 || Data.Lives.Any(l => l.AsMoreThanARemnant is null))
            return null;
        static LifeTrial Other(LifeTrial life) => life with { Weeks = life.AsMoreThanARemnant! };
        double[] lives = [.. Other(Data.Lives[0]).Weeks.Select(w => (double)w)];
        return PurposeProfile.Of([.. Profile.Rows.Select(r => !r.End.IsPlacebo && Together(r.Evidence.Functions) is { } together
            ? r.Evidence with { Necessity = Lines.Necessity.Line(lives, KnockOutOf(Other(together)), Data.Horizon, Settings) } : r.Evidence)], Data.Source, Settings);
    }

    /// <summary>The lives without all of some functions.</summary>
    private LifeTrial? Together(IReadOnlyList<string> functions) =>
        Data.Lives.Skip(1).FirstOrDefault(l => l is { Freed: "pro_rata", Share: 1 } && l.Without.Count == functions.Count && l.Without.All(functions.Contains));

    private int IndexOf(End end) => Enumerable.Range(0, Data.Ends.All.Count).First(i => Data.Ends.All[i].Code == end.Code);

    private static KnockOut KnockOutOf(LifeTrial trial) => new(string.Join(" + ", trial.Without), trial.Freed, trial.Share, [.. trial.Weeks.Select(w => (double)w)]);

    private static Estimate Of(EffortShare share) => Estimate.Of(share.Share, share.Low, share.High);
}
