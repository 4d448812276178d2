namespace Posiwid.Purpose.Lines;

/// <summary>A time during which someone was a member, or held an office.</summary>
/// <param name="Person">Pseudonym.</param>
/// <param name="Start">When it began: weeks since any day, the same for all; parts of weeks are allowed.</param>
/// <param name="End">When it ended; null if it goes on.</param>
/// <param name="ObservedFrom">From when on it was on record: the start, or the first day of a reliable register if that is later.</param>
public readonly record struct Spell(long Person, double Start, double? End, double ObservedFrom)
{
    /// <summary>A spell that was on record from its start.</summary>
    public Spell(long person, double start, double? end) : this(person, start, end, start)
    {
    }

    /// <summary>False if nobody knows when it began: <see cref="Start"/> is then no later than the first day on record.</summary>
    public bool IsDated { get; init; } = true;
}

/// <summary>Spells as survival analysis takes them: time since the start of each, in weeks.</summary>
/// <param name="Spells">The spells that were under observation, in order of person and start, late payers' gaps closed.</param>
/// <param name="Entry">Weeks from start to observation.</param>
/// <param name="Exit">Weeks from start to the end, or to the end of the records.</param>
/// <param name="Left">Whether the spell ended within the records.</param>
/// <param name="Earlier">Spells of the same person before this one: 0 for a first one on record.</param>
/// <param name="Joined">Spells that were joined to the one before.</param>
/// <param name="Undated">Spells that were under observation, but began nobody knows when: how many weeks they were observed, and whether they ended within the records. They are no durations and stand nowhere else.</param>
/// <param name="LeftOut">Spells that were over before they came under observation, or began after the end of the records.</param>
public sealed record SpellTable(
    IReadOnlyList<Spell> Spells, double[] Entry, double[] Exit, bool[] Left, int[] Earlier, int Joined,
    IReadOnlyList<(Spell Spell, double Weeks, bool Left)> Undated, int LeftOut)
{
    /// <summary>Weeks in a year of rates.</summary>
    public const double WeeksPerYear = 365.25 / 7;

    private const double HalfDay = .5 / 7;

    /// <summary>Prepares spells.</summary>
    /// <remarks>
    /// A gap under <paramref name="gapDays"/> days is late dues, not a leave and a return. Who came and left on one day is counted as having
    /// stayed half a day, since leaving such people out would flatter.
    /// </remarks>
    /// <param name="spells">Spells in any order.</param>
    /// <param name="recordsEnd">Week at which the records end; what goes on then is censored.</param>
    /// <param name="gapDays">Spells of one person with a shorter gap are one.</param>
    /// <exception cref="ArgumentException">A time is not a number, or a spell ends before it begins.</exception>
    public static SpellTable Of(IReadOnlyList<Spell> spells, double recordsEnd, double gapDays = 30)
    {
        for (var i = 0; i < spells.Count; i++)
        {
            var s = spells[i];
            if (!double.IsFinite(s.Start) || !double.IsFinite(s.ObservedFrom) || s.End is { } e && !(e >= s.Start))
                throw new ArgumentException($"Spell {i} ends before it begins, or has a time that is not a number.", nameof(spells));
        }

        var joined = new List<Spell>(spells.Count);
        var earlier = new List<int>(spells.Count);
        foreach (var s in spells.OrderBy(s => s.Person).ThenBy(s => s.Start))
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Person == s.Person)
            {
                if (last.End is not { } end || s.Start - end < gapDays / 7)
                {
                    // began nobody knows when if any part of it did
                    joined[^1] = last with { End = last.End is { } a && s.End is { } b ? Math.Max(a, b) : null, IsDated = last.IsDated && s.IsDated };
                    continue;
                }

                earlier.Add(earlier[^1] + 1);
            }
            else
            {
                earlier.Add(0);
            }

            joined.Add(s);
        }

        var kept = new List<(Spell Spell, double Entry, double Exit, bool Left, int Earlier)>(joined.Count);
        var undated = new List<(Spell Spell, double Weeks, bool Left)>();
        for (var i = 0; i < joined.Count; i++)
        {
            var s = joined[i];
            var left = s.End <= recordsEnd;
            var (entry, exit) = (Math.Max(0, s.ObservedFrom - s.Start), (left ? s.End!.Value : recordsEnd) - s.Start);
            if (left && exit == 0 && entry == 0)
                exit = HalfDay;
            if (!(exit > entry))
                continue;
            if (s.IsDated)
                kept.Add((s, entry, exit, left, earlier[i]));
            else
                undated.Add((s, exit - entry, left));
        }

        return new(
            [.. kept.Select(k => k.Spell)], [.. kept.Select(k => k.Entry)], [.. kept.Select(k => k.Exit)], [.. kept.Select(k => k.Left)],
            [.. kept.Select(k => k.Earlier)], spells.Count - joined.Count, undated, joined.Count - kept.Count - undated.Count);
    }

    /// <summary>The survival curve of some of the spells; null if there are none.</summary>
    /// <param name="rows">Rows of the table; a row may come more than once.</param>
    /// <param name="minAtRisk">The curve starts when so many are at risk.</param>
    public Statistics.SurvivalCurve? Curve(IReadOnlyList<int> rows, int minAtRisk = 10)
    {
        if (rows.Count == 0)
            return null;
        double[] entry = new double[rows.Count], exit = new double[rows.Count];
        var left = new bool[rows.Count];
        for (var i = 0; i < rows.Count; i++)
            (entry[i], exit[i], left[i]) = (Entry[rows[i]], Exit[rows[i]], Left[rows[i]]);
        return Statistics.KaplanMeier.Of(entry, exit, left, minAtRisk);
    }
}
