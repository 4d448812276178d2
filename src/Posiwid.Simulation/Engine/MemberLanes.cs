using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>Eight members side by side: reading or writing a column handles all of them at once.</summary>
public readonly ref struct MemberLanes
{
    private readonly ref float start;

    /// <summary>The members of block number i of a roll.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public MemberLanes(Roll roll, int i) => start = ref roll.Row(i, 0);

    /// <summary>A column of the eight members; lanes beyond the roll's end hold anything.</summary>
    public Vector256<float> this[int column]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.LoadUnsafe(ref start, (nuint)(column * MemberBlocks.Lanes));
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => value.StoreUnsafe(ref start, (nuint)(column * MemberBlocks.Lanes));
    }

    /// <summary>The flags of the eight members.</summary>
    public Vector256<int> Flags
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => this[Column.Flags].AsInt32();
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set => this[Column.Flags] = value.AsSingle();
    }

    /// <summary>All bits set in lanes whose member has one of the flags.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Has(Vector256<int> flags, MemberFlags which) =>
        (~Vector256.Equals(flags & Vector256.Create((int)which), Vector256<int>.Zero)).AsSingle();

    /// <summary>Keeps a quantity between 0 and 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Unit(Vector256<float> x) => Deterministic.Min(Deterministic.Max(x, Vector256<float>.Zero), Vector256<float>.One);

    /// <summary>One value for all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> All(float x) => Vector256.Create(x);
}
