namespace Posiwid.Purpose.Statistics;

/// <summary>
/// Random numbers by address instead of from a stream: the same (seed, purpose, row, column) gives the same number on any thread
/// and in any order. For resampling, for null distributions and for the known systems.
/// </summary>
/// <param name="Seed">Seed of the analysis.</param>
/// <param name="Purpose">What the numbers are for; two uses in one analysis take two numbers.</param>
public readonly record struct AddressedRandom(ulong Seed, uint Purpose)
{
    /// <summary>A number in the open interval (0, 1).</summary>
    public double Uniform(uint row, uint column)
    {
        Philox.Block(column, row, Purpose, 0, (uint)Seed, (uint)(Seed >> 32), out var low, out var high, out _, out _);
        return (((ulong)high << 21 | low >> 11) + 0.5) * (1.0 / (1UL << 53));
    }

    /// <summary>A whole number from 0 to <paramref name="count"/> - 1.</summary>
    public int Index(uint row, uint column, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        Philox.Block(column, row, Purpose, 0, (uint)Seed, (uint)(Seed >> 32), out var low, out var high, out _, out _);
        return (int)Math.BigMul((ulong)high << 32 | low, (ulong)count, out _);
    }

    /// <summary>A standard normal number (Box and Muller 1958).</summary>
    public double Normal(uint row, uint column)
    {
        Philox.Block(column, row, Purpose, 0, (uint)Seed, (uint)(Seed >> 32), out var a, out var b, out var c, out var d);
        var u = (((ulong)b << 21 | a >> 11) + 0.5) * (1.0 / (1UL << 53));
        var v = (((ulong)d << 21 | c >> 11) + 0.5) * (1.0 / (1UL << 53));
        return Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v);
    }
}
