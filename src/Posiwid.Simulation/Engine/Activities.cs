using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>Sixteen activities side by side: a row of numbers by <see cref="Activity"/> handled at once.</summary>
internal static class Activities
{
    /// <summary>All bits set in the lanes of activities that a plan may hold.</summary>
    public static Vector512<float> Planned
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(Activity.Planned)).AsSingle();
    }

    /// <summary>All bits set in the lanes of struggles.</summary>
    public static Vector512<float> Struggles
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Vector512.GreaterThanOrEqual(Vector512<int>.Indices, Vector512.Create(Activity.FirstStruggle))
            & Vector512.LessThanOrEqual(Vector512<int>.Indices, Vector512.Create(Activity.LastStruggle))).AsSingle();
    }

    /// <summary>All bits set in the lane of one activity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Only(int activity) => Vector512.Equals(Vector512<int>.Indices, Vector512.Create(activity)).AsSingle();

    /// <summary>The row of sixteen numbers that begins at a multiple of sixteen; to read and to write.</summary>
    /// <param name="numbers">Rows of sixteen.</param>
    /// <param name="row">Which row; the numbers must hold it whole.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref Vector512<float> Of(Span<float> numbers, int row = 0) =>
        ref Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref MemoryMarshal.GetReference(numbers), row * Activity.Count));
}
