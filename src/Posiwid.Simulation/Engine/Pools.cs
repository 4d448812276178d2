using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>State of one place in a site's pool.</summary>
public enum SlotState : byte
{
    /// <summary>Somebody is there and belongs to no organization.</summary>
    Free,

    /// <summary>Whoever is there is a member of an organization.</summary>
    Member,

    /// <summary>Whoever is there has left an organization.</summary>
    Former,

    /// <summary>Nobody is there.</summary>
    Vacant,
}

/// <summary>
/// The people of all sites whom an organization might meet. A place holds one person after another; who it holds in a week is
/// a function of the seed and the place, not of what organizations do. People nobody has met cost a few bytes and no work.
/// </summary>
public sealed class Pools
{
    private static readonly ushort Key = Draws.MechanismKey("pools");

    /// <summary>First place of each site; one more entry closes the last.</summary>
    public readonly int[] Start;

    /// <summary>Milieu of each site, as an index into <see cref="Setting.Milieus"/>.</summary>
    public readonly int[] Milieu;

    /// <summary>Week in which the present person came (or the last one went, where nobody is), and in which he or she goes (or somebody arrives, where nobody is).</summary>
    public readonly int[] Since, Until;

    /// <summary>State by place.</summary>
    public readonly SlotState[] State;

    /// <summary>Organizations that the present person has turned down for good: one bit each.</summary>
    public readonly byte[] TurnedDown;

    /// <summary>Site of each place.</summary>
    public readonly int[] Site;

    /// <summary>No earlier week than the first in which somebody's time is over, by stretches of so many places: most weeks most are not looked at.</summary>
    private readonly int[] due;

    /// <summary>Places of a stretch.</summary>
    internal const int Stretch = 64;

    /// <summary>Lays out the sites of a setting and fills them as they stand in week 0.</summary>
    public Pools(Setting setting, in Draws draws)
    {
        var sites = setting.SiteCount;
        Start = new int[sites + 1];
        Milieu = new int[sites];
        var site = 0;
        for (var m = 0; m < setting.Milieus.Length; m++)
        {
            var spec = setting.Milieus[m];
            for (var i = 0; i < spec.Sites; i++, site++)
            {
                Milieu[site] = m;
                // places differ in size by a factor of .6 to 1.4 (prototype, section 3)
                var size = spec.Pool * (0.6 + 0.8 * draws.Uniform(Key, 0, (ulong)site, 0));
                Start[site + 1] = Start[site] + Math.Max(4, (int)size);
            }
        }

        var slots = Start[sites];
        Since = new int[slots];
        Until = new int[slots];
        State = new SlotState[slots];
        Site = new int[slots];
        TurnedDown = new byte[slots];
        due = new int[(slots + Stretch - 1) / Stretch];
        for (site = 0; site < sites; site++)
        {
            for (var slot = Start[site]; slot < Start[site + 1]; slot++)
            {
                Site[slot] = site;
                var spec = setting.Milieus[Milieu[site]];
                var u = draws.Uniform(Key, 0, (ulong)slot, 1);
                if (spec.Kind == MilieuKind.Campus)
                {
                    // came in one of the last four autumns
                    Since[slot] = setting.Calendar.AutumnBefore(-1 - (int)(4 * 52 * u));
                    Until[slot] = Stay(setting, draws, slot);
                    if (Until[slot] <= 0)
                    {
                        Since[slot] = setting.Calendar.AutumnBefore(-1);
                        Until[slot] = Math.Max(1, Stay(setting, draws, slot));
                    }
                }
                else
                {
                    Since[slot] = -(int)(52 * spec.StayYears * u);
                    Until[slot] = Math.Max(1, Stay(setting, draws, slot) - Since[slot]);
                }
            }
        }
    }

    /// <summary>Number of places.</summary>
    public int Count => State.Length;

    /// <summary>True if an organization can still win whoever is in a place.</summary>
    public bool IsOpen(int slot, Organization organization) =>
        State[slot] is SlotState.Free or SlotState.Former && (TurnedDown[slot] & 1 << (organization.Index & 7)) == 0;

    /// <summary>Identity of whoever is in a place now.</summary>
    public ulong Identity(int slot) => Person.Identity(Site[slot], slot - Start[Site[slot]], Since[slot]);

    /// <summary>
    /// Everybody whose time in a place is over goes; somebody else comes at once, or in the autumn on a campus, if the
    /// place is still offered (enrollment). Places from one number up to another, the first of them a multiple of <see cref="Stretch"/>.
    /// </summary>
    public void TurnOver(Setting setting, in Draws draws, int week, int from, int to)
    {
        for (var i = from; i < to; i += Stretch)
        {
            if (due[i / Stretch] <= week)
                due[i / Stretch] = TurnOverStretch(setting, draws, week, i, Math.Min(i + Stretch, to));
        }
    }

    /// <summary>Turns over a stretch and returns the week in which somebody's time there is over next.</summary>
    private int TurnOverStretch(Setting setting, in Draws draws, int week, int from, int to)
    {
        ref var until = ref MemoryMarshal.GetArrayDataReference(Until);
        var now = Vector512.Create(week);
        var soonest = Vector512.Create(int.MaxValue);
        var i = from;
        for (; i <= to - Vector512<int>.Count; i += Vector512<int>.Count)
        {
            for (var over = Vector512.LessThanOrEqual(Vector512.LoadUnsafe(ref until, (nuint)i), now).ExtractMostSignificantBits(); over != 0; over &= over - 1)
                Change(setting, draws, week, i + BitOperations.TrailingZeroCount(over));
            soonest = Vector512.Min(soonest, Vector512.LoadUnsafe(ref until, (nuint)i));
        }

        var next = Deterministic.Least(soonest);
        for (; i < to; i++)
        {
            if (Until[i] <= week)
                Change(setting, draws, week, i);
            next = Math.Min(next, Until[i]);
        }

        return next;
    }

    private void Change(Setting setting, in Draws draws, int week, int slot)
    {
        var campus = setting.Milieus[Milieu[Site[slot]]].Kind == MilieuKind.Campus;
        if (campus && (State[slot] != SlotState.Vacant || !Offered(setting, draws, week, slot)))
        {
            State[slot] = SlotState.Vacant;
            Since[slot] = week; // whoever was here cannot be met any more
            Until[slot] = setting.Calendar.AutumnAfter(week);
            return;
        }

        State[slot] = SlotState.Free;
        TurnedDown[slot] = 0;
        Since[slot] = week;
        Until[slot] = Math.Max(week + 1, Stay(setting, draws, slot));
    }

    private static bool Offered(Setting setting, in Draws draws, int week, int slot) =>
        draws.Uniform(Key, week, (ulong)slot, 2) < setting.Climate.Enrollment[Math.Min(week, setting.Weeks - 1)];

    /// <summary>Week in which the person who came at <see cref="Since"/> goes.</summary>
    private int Stay(Setting setting, in Draws draws, int slot)
    {
        var spec = setting.Milieus[Milieu[Site[slot]]];
        var u = draws.Uniform(Key, Since[slot], (ulong)slot, 3);
        if (spec.Kind != MilieuKind.Campus)
            return Since[slot] + 1 + (int)(-52 * spec.StayYears * Deterministic.Log((double)u));
        // Those who finish stay four years, the others one to three and leave in spring: mean = 4 c + 2 (1 - c)
        // (NCES IPEDS table 18, 2012 entrants: .437x4+.150x5+.037x6+.376x2 = 3.47 years).
        var finish = Math.Clamp((spec.StayYears - 2) / 2, 0, 1);
        var years = u < finish ? 4 : 1 + (int)(3 * (u - finish) / Math.Max(1e-6, 1 - finish));
        return setting.Calendar.SpringAfter(Since[slot], years);
    }
}
