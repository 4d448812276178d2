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

    /// <summary>One value for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> All(float x) => Vector512.Create(x);

    /// <summary>All bits set in the lane of one activity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Only(int activity) => Vector512.Equals(Vector512<int>.Indices, Vector512.Create(activity)).AsSingle();

    /// <summary>e to the power of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Vector512.Create(Deterministic.Exp(x.GetLower()), Deterministic.Exp(x.GetUpper()));

    /// <summary>A row of positive numbers to a power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Pow(Vector512<float> x, float y) =>
        Vector512.Create(Deterministic.Pow(x.GetLower(), Vector256.Create(y)), Deterministic.Pow(x.GetUpper(), Vector256.Create(y)));

    /// <summary>Least of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Least(Vector512<float> x) => Deterministic.Least(Vector256.Min(x.GetLower(), x.GetUpper()));

    /// <summary>Sum of a row, halves added to halves: the same bits on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector512<float> x) => Deterministic.Sum(x.GetLower() + x.GetUpper());

    /// <summary>The greater of two numbers by activity, as <see cref="Deterministic.Max"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Max(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), a, b);

    /// <summary>The lesser of two numbers by activity, as <see cref="Deterministic.Min"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Min(Vector512<float> a, Vector512<float> b) => Vector512.ConditionalSelect(Vector512.LessThan(a, b), a, b);

    /// <summary>The row of sixteen numbers that begins at a multiple of sixteen; to read and to write.</summary>
    /// <param name="numbers">Rows of sixteen.</param>
    /// <param name="row">Which row; the numbers must hold it whole.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref Vector512<float> Of(Span<float> numbers, int row = 0) =>
        ref Unsafe.As<float, Vector512<float>>(ref Unsafe.Add(ref MemoryMarshal.GetReference(numbers), row * Activity.Count));
}
