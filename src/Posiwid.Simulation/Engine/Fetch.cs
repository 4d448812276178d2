using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// Brings what will soon be needed into the cache, in a world too large for it, by reading it: a processor that is asked to fetch (<see cref="Ask"/>) forgets many of the requests when they come in
/// hundreds, as was measured here. Reads that do not wait for one another are under way together, so whoever fetches goes through all branches for one thing before the next.
/// </summary>
internal static unsafe class Fetch
{
    /// <summary>Branches that fit a core's cache from one week to the next, about; where there are more, fetching them is worth its time.</summary>
    public const int FitTheCache = 256;

    /// <summary>Branches that are fetched together: enough reads for a processor to have under way, few enough that all is still there when it is looked at.</summary>
    public const int Together = 16;

    private const int LineBytes = 64;

    /// <summary>The line that a value lies in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Line<T>(ref readonly T value) => Volatile.Read(ref Unsafe.As<T, byte>(ref Unsafe.AsRef(in value)));

    /// <summary>The lines of so many values that lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines<T>(ref T first, int count)
        where T : unmanaged
    {
        for (nint at = 0; at < count * (nint)Unsafe.SizeOf<T>(); at += LineBytes)
            Line(ref Unsafe.AddByteOffset(ref first, at));
    }

    /// <summary>Asks the processor to fetch a few lines while it goes on with something else; where it cannot be asked, nothing happens.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Ask(float* first, int count)
    {
        if (!Sse.IsSupported)
            return;
        for (nint at = 0; at < count * (nint)sizeof(float); at += LineBytes)
            Sse.Prefetch0((byte*)first + at);
    }
}
