using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>A number for each of the sixteen activities, in the order of <see cref="Activity"/>, handled at once: two vectors of eight.</summary>
/// <param name="lower">Activities 0 to 7.</param>
/// <param name="upper">Activities 8 to 15.</param>
internal readonly struct ActivityRow(Vector256<float> lower, Vector256<float> upper)
{
    private readonly Vector256<float> lower = lower, upper = upper;

    /// <summary>All bits set for activities that a plan may hold.</summary>
    public static ActivityRow Planned
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Below(Activity.Planned);
    }

    /// <summary>All bits set for struggles.</summary>
    public static ActivityRow Struggles
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var (through, before) = (Below(Activity.LastStruggle + 1), Below(Activity.FirstStruggle));
            return new(Vector256.AndNot(through.lower, before.lower), Vector256.AndNot(through.upper, before.upper));
        }
    }

    /// <summary>The number of one activity.</summary>
    public float this[int activity] => activity < Half ? lower[activity] : upper[activity - Half];

    /// <summary>One value for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow All(float x) => new(Vector256.Create(x), Vector256.Create(x));

    /// <summary>One value for one activity, another for the rest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow Only(int activity, float value, float rest = 0)
    {
        var (indices, it) = (Vector256<int>.Indices, Vector256.Create(activity));
        return Where(new(Vector256.Equals(indices, it).AsSingle(), Vector256.Equals(indices + Vector256.Create(Half), it).AsSingle()), All(value), All(rest));
    }

    /// <summary>A row of numbers that begins at a multiple of sixteen; to read and to write.</summary>
    /// <param name="numbers">Rows of sixteen.</param>
    /// <param name="row">Which row; the numbers must hold it whole.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ref ActivityRow Of(Span<float> numbers, int row = 0) =>
        ref Unsafe.As<float, ActivityRow>(ref Unsafe.Add(ref MemoryMarshal.GetReference(numbers), row * Activity.Count));

    /// <summary>The first of two rows where all bits of a third are set, the second where none is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow Where(ActivityRow set, ActivityRow a, ActivityRow b) =>
        new(Vector256.ConditionalSelect(set.lower, a.lower, b.lower), Vector256.ConditionalSelect(set.upper, a.upper, b.upper));

    /// <summary>The greater of two numbers, as in <see cref="Deterministic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow Max(ActivityRow a, ActivityRow b) => new(Deterministic.Max(a.lower, b.lower), Deterministic.Max(a.upper, b.upper));

    /// <summary>The lesser of two numbers, as in <see cref="Deterministic"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow Min(ActivityRow a, ActivityRow b) => new(Deterministic.Min(a.lower, b.lower), Deterministic.Min(a.upper, b.upper));

    /// <summary>e to the power of each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow Exp(ActivityRow x) => new(Deterministic.Exp(x.lower), Deterministic.Exp(x.upper));

    /// <summary>Positive numbers to a power.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow Pow(ActivityRow x, float y) => new(Deterministic.Pow(x.lower, Vector256.Create(y)), Deterministic.Pow(x.upper, Vector256.Create(y)));

    /// <summary>Sum over activities, halves added to halves: the same bits on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Sum() => Deterministic.Sum(lower + upper);

    /// <summary>Least of all, none of which is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Least() => Deterministic.Least(Vector256.Min(lower, upper));

    /// <summary>Greatest of all without regard to sign, none of which is NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public float Largest()
    {
        var eight = Vector256.Max(Vector256.Abs(lower), Vector256.Abs(upper));
        var four = Vector128.Max(eight.GetLower(), eight.GetUpper());
        return Math.Max(Math.Max(four[0], four[1]), Math.Max(four[2], four[3]));
    }

    /// <summary>True if all are zero.</summary>
    public bool IsZero => lower == Vector256<float>.Zero && upper == Vector256<float>.Zero;

    /// <summary>Numbers of activity by activity.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow operator +(ActivityRow a, ActivityRow b) => new(a.lower + b.lower, a.upper + b.upper);

    /// <inheritdoc cref="op_Addition"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow operator -(ActivityRow a, ActivityRow b) => new(a.lower - b.lower, a.upper - b.upper);

    /// <inheritdoc cref="op_Addition"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow operator *(ActivityRow a, ActivityRow b) => new(a.lower * b.lower, a.upper * b.upper);

    /// <inheritdoc cref="op_Addition"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow operator *(ActivityRow a, float b) => new(a.lower * b, a.upper * b);

    /// <inheritdoc cref="op_Addition"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow operator *(float a, ActivityRow b) => b * a;

    /// <inheritdoc cref="op_Addition"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow operator /(ActivityRow a, ActivityRow b) => new(a.lower / b.lower, a.upper / b.upper);

    /// <summary>The bits that both have: a number where the other has all bits set, 0 where it has none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ActivityRow operator &(ActivityRow a, ActivityRow b) => new(a.lower & b.lower, a.upper & b.upper);

    private const int Half = Activity.Count / 2;

    /// <summary>All bits set for the first so many activities.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ActivityRow Below(int count) =>
        new(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count)).AsSingle(), Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(count - Half)).AsSingle());
}
