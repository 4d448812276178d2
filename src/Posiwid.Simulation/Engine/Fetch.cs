using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Posiwid.Simulation.Engine;

/// <summary>Asks the processor to bring what will soon be needed into its cache; where it cannot be asked, nothing happens.</summary>
internal static unsafe class Fetch
{
    private const int LineBytes = 64;

    /// <summary>The lines of so many values that lie side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Lines<T>(ref T first, int count)
        where T : unmanaged
    {
        if (!Sse.IsSupported)
            return;
        // an address that has moved on by the time it is fetched is fetched in vain, no more
        var start = (byte*)Unsafe.AsPointer(ref first);
        for (nint at = 0; at < count * (nint)sizeof(T); at += LineBytes)
            Sse.Prefetch0(start + at);
    }
}
