using System.Numerics;
using Posiwid.Simulation.Engine;

namespace Posiwid.Benchmarks.RevolvingDoor;

/// <summary>
/// What happens to one person (phases 3 and 4), written once for float and double. In double it gives the worked example to 1e-12; in float it is
/// the twin that <see cref="Door"/>, which does eight people at once, must equal bit by bit.
/// </summary>
public static class Rules
{
    /// <summary>Phase 3, with the activity of the person's branch, a uniform draw, and the weeks since joining before this one.</summary>
    public static void Live<T>(T activity, T u, T tenure, ref T hope, ref T belief, ref T ties)
        where T : struct, IFloatingPoint<T>
    {
        T one = T.One, lift = C<T>(0.18) * activity;
        T h = hope - C<T>(0.05) * hope + lift * (one - hope) + C<T>(0.05) * (u + u - one);
        hope = h < T.Zero ? T.Zero : h > one ? one : h;
        belief += C<T>(0.05) * (C<T>(0.6) * hope + C<T>(0.4) * tenure / (tenure + C<T>(52)) - belief);
        ties += C<T>(0.02) * (one - ties);
    }

    /// <summary>Phase 4: minus the log-odds of leaving.</summary>
    public static T Attachment<T>(T hope, T belief, T ties)
        where T : struct, IFloatingPoint<T> => C<T>(1.6) + C<T>(2) * belief + C<T>(1.5) * hope + C<T>(1.5) * ties;

    /// <summary>Phase 4: the chance of leaving.</summary>
    public static double LeavingChance(double hope, double belief, double ties) =>
        1 / (1 + Deterministic.Exp(Attachment(hope, belief, ties)));

    private static T C<T>(double constant)
        where T : struct, IFloatingPoint<T> => T.CreateChecked(constant);
}
