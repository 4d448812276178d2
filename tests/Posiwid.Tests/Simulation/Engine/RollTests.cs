using CsCheck;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>Rolls against the simplest thing that does the same: lists.</summary>
public class RollTests
{
    private const int Columns = 3;

    [Fact]
    public void Rolls_do_what_lists_do() =>
        Gen.Select(Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 2], Gen.UInt).Array[0, 400].Sample(steps =>
        {
            var people = new MemberBlocks(Columns);
            Roll[] rolls = [new(), new(), new()];
            List<int>[] lists = [[], [], []];
            int next = 1;
            foreach ((int what, int a, int b, uint random) in steps)
            {
                int position = lists[a].Count == 0 ? -1 : (int)(random % lists[a].Count);
                if (what <= 1)
                {
                    int added = rolls[a].Add(people);
                    Assert.Equal(lists[a].Count, added);
                    Assert.Equal(0, rolls[a].At(people, added, 2));
                    Write(people, rolls[a], added, next);
                    lists[a].Add(next++);
                }
                else if (position >= 0 && what == 2)
                {
                    rolls[a].RemoveAt(people, position);
                    Remove(lists[a], position);
                }
                else if (position >= 0 && a != b)
                {
                    Assert.Equal(lists[b].Count, Roll.Move(people, rolls[a], position, rolls[b]));
                    lists[b].Add(lists[a][position]);
                    Remove(lists[a], position);
                }
            }

            for (int i = 0; i < 3; i++) Assert.Equal(lists[i], Read(people, rolls[i]));
            Assert.Equal(rolls.Sum(r => r.BlockCount), people.Count);
            foreach (Roll roll in rolls)
            {
                for (int block = 0; block < roll.BlockCount; block++)
                {
                    for (int lane = 0; lane < MemberBlocks.Lanes; lane++)
                        Assert.Equal(block * MemberBlocks.Lanes + lane < roll.Count ? -1 : 0, roll.Mask(block)[lane]);
                }

                roll.Clear(people);
            }

            Assert.Equal(0, people.Count);
        });

    [Fact]
    public void Saved_and_copied_people_are_the_same_people()
    {
        var people = new MemberBlocks(Columns);
        var roll = new Roll();
        var other = new Roll();
        for (int i = 1; i <= 9000; i++) Write(people, i % 3 == 0 ? other : roll, (i % 3 == 0 ? other : roll).Add(people), i);
        for (int i = 0; i < 1000; i++) other.RemoveAt(people, i);

        using var stream = new MemoryStream();
        using (var writer = new BinaryWriter(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            people.Save(writer);
            roll.Save(writer);
        }

        stream.Position = 0;
        using var reader = new BinaryReader(stream);
        MemberBlocks restored = MemberBlocks.Restore(reader), copied = new(Columns);
        var restoredRoll = Roll.Restore(reader);
        copied.CopyFrom(people);
        var copiedRoll = new Roll();
        copiedRoll.CopyFrom(roll);
        Assert.Equal(Read(people, roll), Read(restored, restoredRoll));
        Assert.Equal(Read(people, roll), Read(copied, copiedRoll));
        Assert.Equal(people.Count, restored.Count);
        Assert.Equal(people.Allocate(), restored.Allocate());
        Assert.Equal(people.Count, copied.Count + 1);

        stream.SetLength(stream.Length / 2);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => MemberBlocks.Restore(reader));
    }

    [Fact]
    public void Rows_start_on_a_cache_line_and_do_not_move()
    {
        var people = new MemberBlocks(Columns);
        int first = people.Allocate();
        people.Row(first, 1) = 42;
        nint Address(int block, int column)
        {
            unsafe
            {
                return (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref people.Row(block, column));
            }
        }

        nint before = Address(first, 1);
        for (int i = 0; i < 2000; i++) Assert.Equal(0, Address(people.Allocate(), 2) % 64);
        Assert.Equal(before, Address(first, 1));
        Assert.Equal(42, people.Row(first, 1));
    }

    [Fact]
    public void A_million_people_in_forty_thousand_branches_take_less_than_sixty_bytes_each()
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        var people = new MemberBlocks(7);
        var rolls = new Roll[40_000];
        for (int i = 0; i < rolls.Length; i++)
        {
            rolls[i] = new Roll();
            for (int n = 0; n < 25; n++) rolls[i].Add(people);
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 1e6, 28, 50);
        GC.KeepAlive(rolls);
    }

    [Fact]
    public void Wrong_positions_are_refused()
    {
        var people = new MemberBlocks(1);
        var roll = new Roll();
        Assert.Throws<ArgumentOutOfRangeException>(() => roll.RemoveAt(people, 0));
        roll.Add(people);
        Assert.Throws<ArgumentOutOfRangeException>(() => roll.RemoveAt(people, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Roll.Move(people, roll, 1, new Roll()));
    }

    private static void Write(MemberBlocks people, Roll roll, int position, int value)
    {
        for (int c = 0; c < Columns; c++) roll.At(people, position, c) = value * 10 + c;
    }

    private static List<int> Read(MemberBlocks people, Roll roll) => [.. Enumerable.Range(0, roll.Count).Select(i =>
    {
        int value = (int)roll.At(people, i, 0) / 10;
        for (int c = 0; c < Columns; c++) Assert.Equal(value * 10 + c, roll.At(people, i, c));
        return value;
    })];

    private static void Remove(List<int> list, int position)
    {
        list[position] = list[^1];
        list.RemoveAt(list.Count - 1);
    }
}
