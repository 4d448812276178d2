using System.Runtime.InteropServices;
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

/// <summary>A place in a site's pool, with whoever was there when somebody last looked.</summary>
[StructLayout(LayoutKind.Sequential, Pack = 1)]
public struct Place
{
    /// <summary>Week in which the present person came (or the last one went, where nobody is), and in which he or she goes (or somebody arrives, where nobody is); 0 if nobody has looked yet.</summary>
    public int Since, Until;

    /// <summary>Its site.</summary>
    public int Site;

    /// <summary>Milieu of the site, as an index into <see cref="Setting.Milieus"/>.</summary>
    public byte Milieu;

    /// <summary>What the present person is.</summary>
    public SlotState State;

    /// <summary>Organizations that the present person has turned down for good: one bit each.</summary>
    public ushort TurnedDown;

    /// <summary>True if an organization can still win whoever is there.</summary>
    public readonly bool IsOpen(Organization organization) =>
        State is SlotState.Free or SlotState.Former && (TurnedDown & 1 << organization.Index) == 0;
}

/// <summary>
/// The people of all sites whom an organization might meet. A place holds one person after another; who it holds in a week is
/// a function of the seed and the place, not of what organizations do, so it is worked out when somebody looks (<see cref="World.PlaceAt"/>): people nobody has met cost a few bytes and no work.
/// </summary>
public sealed class Pools
{
    /// <summary>Organizations of a world: a place has a bit for each.</summary>
    internal const int MostOrganizations = 16;

    private static readonly ushort Key = Draws.MechanismKey("pools");

    /// <summary>First place of each site; one more entry closes the last.</summary>
    public readonly int[] Start;

    /// <summary>Milieu of each site, as an index into <see cref="Setting.Milieus"/>.</summary>
    public readonly int[] Milieu;

    /// <summary>The places as they were when somebody last looked.</summary>
    internal readonly Place[] Places;

    /// <summary>Lays out the sites of a setting.</summary>
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

        Places = new Place[Start[sites]];
        for (site = 0; site < sites; site++)
            Places.AsSpan(Start[site]..Start[site + 1]).Fill(new Place { Site = site, Milieu = (byte)Milieu[site] });
    }

    /// <summary>Number of places.</summary>
    public int Count => Places.Length;

    /// <summary>
    /// Brings a place up to a week: everybody whose time there is over goes; somebody else comes at once, or in the autumn on a campus, if the
    /// place is still offered (enrollment).
    /// </summary>
    internal void TurnOver(Setting setting, in Draws draws, int slot, int week)
    {
        ref var place = ref Places[slot];
        if (place.Until == 0)
            Fill(setting, draws, slot, ref place);
        while (place.Until <= week)
            Change(setting, draws, place.Until, slot, ref place);
    }

    /// <summary>Whoever is there in week 0.</summary>
    private static void Fill(Setting setting, in Draws draws, int slot, ref Place place)
    {
        var spec = setting.Milieus[place.Milieu];
        var u = draws.Uniform(Key, 0, (ulong)slot, 1);
        if (spec.Kind == MilieuKind.Campus)
        {
            // came in one of the last four autumns
            place.Since = setting.Calendar.AutumnBefore(-1 - (int)(4 * 52 * u));
            place.Until = Stay(setting, draws, slot, place);
            if (place.Until > 0)
                return;
            place.Since = setting.Calendar.AutumnBefore(-1);
            place.Until = Math.Max(1, Stay(setting, draws, slot, place));
        }
        else
        {
            place.Since = -(int)(52 * spec.StayYears * u);
            place.Until = Math.Max(1, Stay(setting, draws, slot, place) - place.Since);
        }
    }

    private static void Change(Setting setting, in Draws draws, int week, int slot, ref Place place)
    {
        var campus = setting.Milieus[place.Milieu].Kind == MilieuKind.Campus;
        if (campus && (place.State != SlotState.Vacant || !Offered(setting, draws, week, slot)))
        {
            place.State = SlotState.Vacant;
            place.Since = week; // whoever was here cannot be met any more
            place.Until = setting.Calendar.AutumnAfter(week);
            return;
        }

        place.State = SlotState.Free;
        place.TurnedDown = 0;
        place.Since = week;
        place.Until = Math.Max(week + 1, Stay(setting, draws, slot, place));
    }

    private static bool Offered(Setting setting, in Draws draws, int week, int slot) =>
        draws.Uniform(Key, week, (ulong)slot, 2) < setting.Climate.Enrollment[Math.Min(week, setting.Weeks - 1)];

    /// <summary>Week in which the person who came at <see cref="Place.Since"/> goes.</summary>
    private static int Stay(Setting setting, in Draws draws, int slot, in Place place)
    {
        var spec = setting.Milieus[place.Milieu];
        var u = draws.Uniform(Key, place.Since, (ulong)slot, 3);
        if (spec.Kind != MilieuKind.Campus)
            return place.Since + 1 + (int)(-52 * spec.StayYears * Deterministic.Log((double)u));
        // Those who finish stay four years, the others one to three and leave in spring: mean = 4 c + 2 (1 - c)
        // (NCES IPEDS table 18, 2012 entrants: .437x4+.150x5+.037x6+.376x2 = 3.47 years).
        var finish = Math.Clamp((spec.StayYears - 2) / 2, 0, 1);
        var years = u < finish ? 4 : 1 + (int)(3 * (u - finish) / Math.Max(1e-6, 1 - finish));
        return setting.Calendar.SpringAfter(place.Since, years);
    }
}
