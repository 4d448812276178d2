using Posiwid.Purpose.Statistics;

namespace Posiwid.Purpose;

/// <summary>What a line says of an end after all tests of the profile are counted.</summary>
public enum LineStatus
{
    /// <summary>It could not be tested.</summary>
    NotTestable,

    /// <summary>It was tested and found nothing.</summary>
    Silent,

    /// <summary>It speaks for the end.</summary>
    Supports,

    /// <summary>It speaks against the end.</summary>
    Against,
}

/// <summary>One end in a profile.</summary>
/// <param name="Evidence">What is known of it.</param>
/// <param name="Defense">What defense says.</param>
/// <param name="Necessity">What necessity says.</param>
/// <param name="Choice">What choice says.</param>
/// <param name="Verdict">The verdict, one of <see cref="Verdicts"/>.</param>
/// <param name="VerdictAtBounds">Verdicts with the coding at its lower and at its upper bound for this end.</param>
/// <param name="Grade">A to D: how good the evidence is (see <see cref="PurposeProfile"/>).</param>
public sealed record ProfileRow(
    EndEvidence Evidence, LineStatus Defense, LineStatus Necessity, LineStatus Choice, string Verdict, (string Low, string High) VerdictAtBounds, char Grade)
{
    /// <summary>The end.</summary>
    public End End => Evidence.End;

    /// <summary>True if the organization moves this quantity to defend something else.</summary>
    public bool UsedAsMeans { get; init; }

    /// <summary>
    /// True if it is a goal of which more is better, and no set point: what harms it is made good (defense votes for it), and of what favors it less is undone than of harm, and less than the rest of
    /// <see cref="PurposeSettings.WindfallKept"/>, beyond doubt (upper limit of D+ below both). It does not vote.
    /// </summary>
    public bool OneSided { get; init; }

    /// <summary>True if what is made good goes on being made good with its sensor blinded: something else is defended, and defense does not vote.</summary>
    public bool DefendsSomethingElse { get; init; }
}

/// <summary>The words for what was found.</summary>
public static class Verdicts
{
    /// <summary>Two lines or more support it, defense or choice among them, and none speaks against it.</summary>
    public const string Purpose = "a purpose it shows";

    /// <summary>It could not live without it, but neither defends nor chooses it; or it moves it to defend something else.</summary>
    public const string Means = "kept as a means";

    /// <summary>Much is done for it, and no line supports it: a by-product, or a habit.</summary>
    public const string Done = "done but not defended";

    /// <summary>It is defended or chosen, with few hours.</summary>
    public const string LittleDone = "defended but little done";

    /// <summary>It is said to be a main aim, two lines could have shown it, and none did.</summary>
    public const string Said = "said, not shown";

    /// <summary>One line speaks for it and one against it.</summary>
    public const string Disagree = "lines disagree";

    /// <summary>Defense or choice alone speaks for it: too little for a purpose. (Not in the specification, which has no word for this case.)</summary>
    public const string OneLine = "one line speaks for it";

    /// <summary>Two lines or more could have shown it and none did; it is not much said nor done either. (Not in the specification.)</summary>
    public const string NotShown = "not shown";

    /// <summary>Fewer than two lines could be tested.</summary>
    public const string CannotBeTold = "cannot be told from these records";

    /// <summary>A control that no line supports.</summary>
    public const string ControlPassed = "control row: passed";

    /// <summary>A control on which no line could be tested: whether the instrument works here was not tried.</summary>
    public const string ControlUntested = "control row: not tested";

    /// <summary>A control that some line supports: the instrument failed.</summary>
    public const string ControlFailed = "control row: FAILED";
}

/// <summary>
/// What an organization says beside what it does, end by end. There is no score: three lines vote, effort is shown and has no vote.
/// </summary>
/// <remarks>
/// <para>A line votes for an end if its own test is significant after Holm's correction (1979) over all ends and voting lines of the profile. Defense does not where the test of its sensor failed: then
/// something else is defended. Where that test could not be made or tells nothing, it votes.</para>
/// <para>Grades: A, paired runs of a model that was fitted to this organization and held on what it had not seen; B, natural shocks, or
/// decisions with whole menus; C, a model that was not fitted, or observation alone; D, too few data for any line (figures are hidden).</para>
/// <para>Misleads: of a model, all of it is about the model. What a model lacks cannot show as a purpose in it.</para>
/// </remarks>
public sealed class PurposeProfile
{
    private PurposeProfile(EvidenceSource source, IReadOnlyList<ProfileRow> rows, int tests, PurposeSettings settings) =>
        (Source, Rows, Tests, Settings) = (source, rows, tests, settings);

    /// <summary>What the evidence comes from.</summary>
    public EvidenceSource Source { get; }

    /// <summary>The ends, in the order given; controls last.</summary>
    public IReadOnlyList<ProfileRow> Rows { get; }

    /// <summary>How many tests were made; Holm's correction counts them all.</summary>
    public int Tests { get; }

    /// <summary>The conventions behind the words.</summary>
    public PurposeSettings Settings { get; }

    /// <summary>True if a control row was supported: no verdict of this profile is to be trusted then.</summary>
    public bool FailedItsControl => Rows.Any(r => r.Verdict == Verdicts.ControlFailed);

    /// <summary>Puts the lines together.</summary>
    /// <param name="evidence">What is known of every end, controls among them.</param>
    /// <param name="source">What it comes from.</param>
    /// <param name="settings">The conventions; the usual ones if left out.</param>
    public static PurposeProfile Of(IReadOnlyList<EndEvidence> evidence, EvidenceSource source, PurposeSettings? settings = null)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        settings ??= new PurposeSettings();
        var lines = evidence.SelectMany(e => new[] { e.Defense, e.Necessity, e.Choice }).Where(l => l.PValue is not null).ToArray();
        // a blow that does not move an end leaves its defense untested, and the test of means stands in its place
        var means = evidence.Where(e => e.MeansPValue is not null).ToArray();
        var adjusted = Holm.Adjust([.. lines.Select(l => l.PValue!.Value), .. means.Select(e => e.MeansPValue!.Value)]);
        var moved = means.Where((_, i) => adjusted[lines.Length + i] < settings.FamilyLevel).Select(e => e.End.Code).ToHashSet();
        var statusOf = new Dictionary<TestedLine, LineStatus>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < lines.Length; i++)
            statusOf[lines[i]] = adjusted[i] >= settings.FamilyLevel ? LineStatus.Silent : lines[i].Direction > 0 ? LineStatus.Supports : LineStatus.Against;
        LineStatus Status(TestedLine line) => statusOf.GetValueOrDefault(line, LineStatus.NotTestable);

        // "means" is said by the same test as in the verdict
        EndEvidence[] worded = [.. evidence.Select(e => e.MeansPValue is null || moved.Contains(e.End.Code) == (e.DefenseWord == Lines.Defense.Means) ? e
            : e with { DefenseWord = moved.Contains(e.End.Code) ? Lines.Defense.Means : Lines.Defense.NotDisturbed })];
        var real = worded.Where(e => !e.End.IsPlacebo).ToArray();
        var rows = new List<ProfileRow>();
        foreach (var e in worded.OrderBy(e => e.End.IsPlacebo))
        {
            var status = (Defense: Status(e.Defense), Necessity: Status(e.Necessity), Choice: Status(e.Choice));
            // it is tested and counted, and what it found is of something else
            var elsewhere = status.Defense == LineStatus.Supports && e.Sensor == Lines.Defense.SensorFailed;
            if (elsewhere)
                status.Defense = LineStatus.Silent;
            string Verdict(double? share) => e.End.IsPlacebo
                ? new[] { status.Defense, status.Necessity, status.Choice }.Contains(LineStatus.Supports) ? Verdicts.ControlFailed
                    : status == (LineStatus.NotTestable, LineStatus.NotTestable, LineStatus.NotTestable) ? Verdicts.ControlUntested : Verdicts.ControlPassed
                : Of(e, status, moved.Contains(e.End.Code), share, real, settings);
            rows.Add(new ProfileRow(e, status.Defense, status.Necessity, status.Choice, Verdict(e.Effort?.Share),
                (Verdict(e.Effort?.Low), Verdict(e.Effort?.High)), Grade(e, status, source))
            {
                UsedAsMeans = moved.Contains(e.End.Code),
                DefendsSomethingElse = elsewhere,
                OneSided = status.Defense == LineStatus.Supports && e.DefenseUp.High < Math.Min(1 - settings.WindfallKept, e.Defense.Estimate.Low ?? double.NaN),
            });
        }

        return new PurposeProfile(source, rows, adjusted.Length, settings);
    }

    /// <summary>The same evidence with an end left out of those declared: ranks and Holm's correction are made anew.</summary>
    public PurposeProfile Without(string end) => Of([.. Rows.Select(r => r.Evidence).Where(e => e.End.Code != end)], Source, Settings);

    /// <summary>Verdicts that hang on which ends are declared: what an end is called once another is left out, where that differs.</summary>
    public IReadOnlyList<(string LeftOut, string End, string Verdict)> Declared() =>
        [.. Rows.Where(r => !r.End.IsPlacebo).SelectMany(left => Without(left.End.Code).Rows
            .Where(r => r.Verdict != Rows.First(x => x.End.Code == r.End.Code).Verdict).Select(r => (left.End.Code, r.End.Code, r.Verdict)))];

    /// <summary>Ends of which another profile of the same organization says something else, beside what it says.</summary>
    public IEnumerable<(ProfileRow Now, ProfileRow Other)> Changed(PurposeProfile other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return Rows.Join(other.Rows, r => r.End.Code, r => r.End.Code, (now, then) => (now, then)).Where(p => p.now.Verdict != p.then.Verdict);
    }

    /// <summary>The verdict of an end if its lines said something else.</summary>
    internal string VerdictIf(ProfileRow row, LineStatus defense, LineStatus necessity, LineStatus choice) =>
        Of(row.Evidence, (defense, necessity, choice), row.UsedAsMeans, row.Evidence.Effort?.Share, [.. Rows.Where(r => !r.End.IsPlacebo).Select(r => r.Evidence)], Settings);

    private static string Of(
        EndEvidence e, (LineStatus Defense, LineStatus Necessity, LineStatus Choice) status, bool moved, double? share, IReadOnlyList<EndEvidence> all, PurposeSettings settings)
    {
        LineStatus[] votes = [status.Defense, status.Necessity, status.Choice];
        var tested = votes.Count(v => v != LineStatus.NotTestable);
        var support = votes.Count(v => v == LineStatus.Supports);
        if (tested < 2)
            return Verdicts.CannotBeTold;
        if (support > 0 && votes.Contains(LineStatus.Against))
            return Verdicts.Disagree;
        var wanted = status.Defense == LineStatus.Supports || status.Choice == LineStatus.Supports;
        if (support >= 2 && wanted)
            return Verdicts.Purpose;
        if (status.Necessity == LineStatus.Supports || (moved && !wanted))
            return Verdicts.Means;
        // how many ends get more hours, with this end's share as given: the coding of the others stays at its best estimate
        var above = share is { } own ? all.Count(o => o != e && o.Effort?.Share > own) : (int?)null;
        var top = above < Math.Ceiling(all.Count * settings.TopShare);
        var bottom = above >= all.Count - Math.Ceiling(all.Count * settings.TopShare);
        if (wanted)
            return bottom ? Verdicts.LittleDone : Verdicts.OneLine;
        if (top)
            return Verdicts.Done;
        return e.SaidRank <= Math.Ceiling(all.Count * settings.TopShare) ? Verdicts.Said : Verdicts.NotShown;
    }

    private static char Grade(EndEvidence e, (LineStatus Defense, LineStatus Necessity, LineStatus Choice) status, EvidenceSource source)
    {
        if (status == (LineStatus.NotTestable, LineStatus.NotTestable, LineStatus.NotTestable))
            return 'D';
        return source switch
        {
            EvidenceSource.CalibratedModel => 'A',
            EvidenceSource.Model => 'C',
            _ => status.Defense != LineStatus.NotTestable || (status.Choice != LineStatus.NotTestable && e.WholeMenus) ? 'B' : 'C',
        };
    }
}
