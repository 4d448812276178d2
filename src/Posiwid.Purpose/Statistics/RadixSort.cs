namespace Posiwid.Purpose.Statistics;

/// <summary>Sorts numbers by their bits, eleven at a time from the lowest (Knuth 1998, section 5.2.5); digits that are all alike are skipped.</summary>
internal static class RadixSort
{
    private const int Bits = 11, Size = 1 << Bits, Digits = (64 + Bits - 1) / Bits;

    /// <summary>Sorts in ascending order; takes as much memory again.</summary>
    public static void Sort(ulong[] keys)
    {
        if (keys.Length < Size)
        {
            Array.Sort(keys);
            return;
        }

        var counts = new int[Digits * Size];
        foreach (var key in keys)
        {
            for (var d = 0; d < Digits; d++)
                counts[d * Size + (int)(key >> d * Bits & Size - 1)]++;
        }

        ulong[] from = keys, to = new ulong[keys.Length];
        for (var d = 0; d < Digits; d++)
        {
            var count = counts.AsSpan(d * Size, Size);
            if (count[(int)(keys[0] >> d * Bits & Size - 1)] == keys.Length)
                continue;
            var sum = 0;
            foreach (ref var c in count)
                (c, sum) = (sum, sum + c);
            foreach (var key in from)
                to[count[(int)(key >> d * Bits & Size - 1)]++] = key;
            (from, to) = (to, from);
        }

        if (from != keys)
            from.CopyTo(keys, 0);
    }
}
