using Posiwid.Simulation.Scenarios;

namespace Posiwid.Simulation.Engine;

/// <summary>Where each attribute of a member stands in <see cref="MemberBlocks"/>.</summary>
public static class Column
{
    /// <summary>Lower and upper half of the identity.</summary>
    public const int IdLow = 0, IdHigh = 1;

    /// <summary>Unmet need 0..1; hope 0..1; belief 0..1; political experience in years; ties to other members 0..1.</summary>
    public const int Need = 2, Hope = 3, Belief = 4, Experience = 5, Ties = 6;

    /// <summary>Status-seeking 0..1; grievance 0..1; memory of wrongs, 0 and up; threshold of voice; fear 0..1.</summary>
    public const int Status = 7, Grievance = 8, Memory = 9, Threshold = 10, Fear = 11;

    /// <summary>Political education 0..1; hours relative to the average member; what is left of the exponential clock of leaving.</summary>
    public const int Education = 12, Vigor = 13, ExitFuse = 14;

    /// <summary>Week of joining; week in which the stay in the present place ends; <see cref="MemberFlags"/>; place in the pool or -1 (all integers).</summary>
    public const int Joined = 15, Until = 16, Flags = 17, Slot = 18;

    /// <summary>Number of columns.</summary>
    public const int Count = 19;

    /// <summary>Names, as mechanisms declare what they read and write.</summary>
    public static readonly string[] Names =
    [
        "member.id", "member.id", "member.need", "member.hope", "member.belief", "member.experience", "member.ties", "member.status",
        "member.grievance", "member.memory", "member.threshold", "member.fear", "member.education", "member.vigor", "member.exit-clock",
        "member.joined", "member.until", "member.flags", "member.slot",
    ];
}

/// <summary>What a member is.</summary>
[Flags]
public enum MemberFlags
{
    /// <summary>An ordinary member.</summary>
    None = 0,

    /// <summary>Cadre: trusted and experienced.</summary>
    Cadre = 1,

    /// <summary>Paid.</summary>
    Staff = 2,

    /// <summary>Holds a seat in the leadership.</summary>
    Leader = 4,

    /// <summary>Belongs to a marginalized group.</summary>
    Marginalized = 8,

    /// <summary>Studies.</summary>
    Student = 16,

    /// <summary>Voiced criticism this week.</summary>
    Spoke = 32,

    /// <summary>Was attacked for it this week.</summary>
    Attacked = 64,

    /// <summary>Joined without having been asked.</summary>
    Unasked = 128,

    /// <summary>Holds a union office.</summary>
    UnionOfficer = 256,

    /// <summary>Voted last week for a motion that was lost.</summary>
    Outvoted = 512,

    /// <summary>Was attacked after the branches' week was over: attacked in the next.</summary>
    AttackedLate = 1024,
}

/// <summary>
/// Who somebody is before any organization met them. A function of the identity alone, so the same person
/// meets every arm of an experiment and every organization.
/// </summary>
public readonly struct Person
{
    /// <summary>Address of the draws behind a person's attributes.</summary>
    public static readonly ushort Key = Draws.MechanismKey("person");

    /// <summary>Unmet need 0..1.</summary>
    public readonly float Need;

    /// <summary>Hope 0..1.</summary>
    public readonly float Hope;

    /// <summary>Belief 0..1.</summary>
    public readonly float Belief;

    /// <summary>Political experience in years.</summary>
    public readonly float Experience;

    /// <summary>Status-seeking 0..1.</summary>
    public readonly float Status;

    /// <summary>Threshold of voice.</summary>
    public readonly float Threshold;

    /// <summary>Hours relative to the average member; mean 1, heavy upper tail.</summary>
    public readonly float Vigor;

    /// <summary>Belongs to a marginalized group.</summary>
    public readonly bool Marginalized;

    /// <summary>Standard deviation of need, hope, belief and the voice threshold (prototype, section 1); of the logarithm of vigor.</summary>
    public const float NeedSpread = 0.18f, HopeSpread = 0.15f, BeliefSpread = 0.15f, ThresholdSpread = 0.15f, VigorSpread = 0.6f;

    /// <summary>The person with this identity, as found in this milieu.</summary>
    public Person(in Draws draws, ulong id, MilieuSpec milieu)
    {
        draws.Words(Key, 0, id, 0, out _, out var hope, out var belief, out _);
        draws.Words(Key, 0, id, 4, out var status, out var threshold, out var vigor, out var marginalized);
        (Need, Experience) = NeedAndExperience(draws, id, milieu);
        Hope = Math.Clamp(0.6f + HopeSpread * Draws.Normal(hope), 0.05f, 1);
        Belief = Math.Clamp(0.45f + BeliefSpread * Draws.Normal(belief), 0, 1);
        // u^p has mean 1/(p+1)
        var power = 1 / Math.Max(0.02f, (float)milieu.StatusSeeking) - 1;
        Status = Deterministic.Exp(power * Deterministic.Log(Draws.Unit(status)));
        Threshold = Math.Max(0.1f, 0.5f + ThresholdSpread * Draws.Normal(threshold));
        Vigor = (float)milieu.FreeHours * Deterministic.Exp(VigorSpread * Draws.Normal(vigor) - VigorSpread * VigorSpread / 2);
        Marginalized = Draws.Unit(marginalized) < milieu.MarginalizedShare;
    }

    /// <summary>Unmet need and political experience of a person, without the rest.</summary>
    public static (float Need, float Experience) NeedAndExperience(in Draws draws, ulong id, MilieuSpec milieu)
    {
        draws.Words(Key, 0, id, 0, out var need, out _, out _, out var experience);
        return (Math.Clamp((float)milieu.Need + NeedSpread * Draws.Normal(need), 0, 1), (float)milieu.ExperienceYears * -Deterministic.Log(Draws.Unit(experience)));
    }

    /// <summary>A number that mixes all bits of <paramref name="x"/>; one to one (Steele, Lea and Flood 2014, the finalizer of SplitMix64).</summary>
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
        x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
        return x ^ (x >> 31);
    }

    /// <summary>Identity of whoever entered a place in a site's pool in a week: a one-to-one mix of the three.</summary>
    /// <param name="site">Site, below 2^24.</param>
    /// <param name="slot">Place in the site's pool, below 2^20.</param>
    /// <param name="since">Week of entry; before week 0 too.</param>
    public static ulong Identity(int site, int slot, int since) =>
        Mix(((ulong)(uint)site << 40) | ((ulong)(uint)slot << 20) | (uint)(since + 0x80000) & 0xfffff);
}
