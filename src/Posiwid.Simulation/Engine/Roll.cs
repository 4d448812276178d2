using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Posiwid.Simulation.Engine;

/// <summary>
/// The members of one branch: member i sits in lane i mod 16 of the roll's block i / 16, and there are no holes. Joining, leaving and moving cost
/// the same in a branch of any size. The order of the members has no meaning, and no result may depend on it.
/// </summary>
public sealed class Roll
{
    private const int Lanes = MemberBlocks.Lanes;

    private int[] _blocks = [];

    /// <summary>Members.</summary>
    public int Count { get; private set; }

    /// <summary>Blocks that hold them.</summary>
    public int BlockCount => (Count + Lanes - 1) / Lanes;

    /// <summary>The roll's block number i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Block(int i) => _blocks[i];

    /// <summary>All bits set in the lanes of block number i that hold a member.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Mask(int i) => Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(Count - i * Lanes));

    /// <summary><see cref="Mask"/> for columns of fractions.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<float> FloatMask(int i) => Mask(i).AsSingle();

    /// <summary>A member's number in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float At(MemberBlocks people, int position, int column) =>
        ref Unsafe.Add(ref people.Row(_blocks[position / Lanes], column), position % Lanes);

    /// <summary>A member's whole number in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref int IntAt(MemberBlocks people, int position, int column) => ref Unsafe.As<float, int>(ref At(people, position, column));

    /// <summary>A member's whole number without sign in a column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref uint UIntAt(MemberBlocks people, int position, int column) => ref Unsafe.As<float, uint>(ref At(people, position, column));

    /// <summary>Asks the processor to fetch the members who will soon be needed: in a world too large for the caches, two branches ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(MemberBlocks people)
    {
        for (int i = 0; i < BlockCount; i++) people.Prefetch(_blocks[i]);
    }

    /// <summary>Adds a member whose columns are all zero.</summary>
    /// <returns>The member's position.</returns>
    public int Add(MemberBlocks people)
    {
        ArgumentNullException.ThrowIfNull(people);
        int position = Append(people);
        for (int c = 0; c < people.Columns; c++) At(people, position, c) = 0;
        return position;
    }

    /// <summary>Removes a member; the last one takes the position.</summary>
    public void RemoveAt(MemberBlocks people, int position)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Count, nameof(position));
        int last = Count - 1;
        if (position != last) Copy(people, this, last, this, position);
        Count = last;
        if (last % Lanes == 0) people.Free(_blocks[last / Lanes]);
    }

    /// <summary>Moves a member to another roll; the last one takes the position left.</summary>
    /// <returns>The member's position in the other roll.</returns>
    public static int Move(MemberBlocks people, Roll from, int position, Roll to)
    {
        ArgumentNullException.ThrowIfNull(people);
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)from.Count, nameof(position));
        int arrived = to.Append(people);
        Copy(people, from, position, to, arrived);
        from.RemoveAt(people, position);
        return arrived;
    }

    /// <summary>Removes everybody.</summary>
    public void Clear(MemberBlocks people)
    {
        ArgumentNullException.ThrowIfNull(people);
        for (int i = 0; i < BlockCount; i++) people.Free(_blocks[i]);
        Count = 0;
    }

    /// <summary>Becomes a copy of another roll, over a copy of the other's people.</summary>
    public void CopyFrom(Roll other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (_blocks.Length < other.BlockCount) _blocks = new int[other._blocks.Length];
        Array.Copy(other._blocks, _blocks, other.BlockCount);
        Count = other.Count;
    }

    /// <summary>Writes the roll, for <see cref="Restore"/>.</summary>
    public void Save(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Count);
        for (int i = 0; i < BlockCount; i++) writer.Write(_blocks[i]);
    }

    /// <summary>A roll as <see cref="Save"/> wrote it.</summary>
    /// <exception cref="InvalidDataException">The bytes are not a roll.</exception>
    public static Roll Restore(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        int count = reader.ReadInt32();
        if (count < 0) throw new InvalidDataException("A roll of the checkpoint cannot be read.");
        var roll = new Roll { Count = count };
        roll._blocks = new int[roll.BlockCount];
        for (int i = 0; i < roll._blocks.Length; i++) roll._blocks[i] = reader.ReadInt32();
        return roll;
    }

    private int Append(MemberBlocks people)
    {
        if (Count % Lanes == 0)
        {
            int i = Count / Lanes;
            if (i == _blocks.Length) Array.Resize(ref _blocks, Math.Max(8, i + i / 2));
            _blocks[i] = people.Allocate();
        }

        return Count++;
    }

    private static void Copy(MemberBlocks people, Roll from, int source, Roll to, int target)
    {
        ref float a = ref from.At(people, source, 0);
        ref float b = ref to.At(people, target, 0);
        for (int c = 0; c < people.Columns; c++) Unsafe.Add(ref b, c * Lanes) = Unsafe.Add(ref a, c * Lanes);
    }
}
