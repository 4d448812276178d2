using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Posiwid.Benchmarks.RevolvingDoor;
using Posiwid.Simulation.Engine;

namespace Posiwid.Tests.Simulation.Engine;

/// <summary>
/// The same bits on processors that have less: the test program is started again with parts of the instruction set switched off, and what it
/// computes then is compared.
/// </summary>
public class SameBitsTests
{
    private const string FileVariable = "POSIWID_TEST_BITS_FILE";

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task A_smaller_instruction_set_gives_the_same_bits(string without)
    {
        string file = Path.GetTempFileName();
        try
        {
            string program = Path.Combine(AppContext.BaseDirectory, "Posiwid.Tests.dll");
            var start = new ProcessStartInfo("dotnet", [program]) { RedirectStandardOutput = true };
            start.Environment[without] = "0";
            start.Environment[FileVariable] = file;
            using Process child = Process.Start(start)!;
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal($"{Bits():x16} AVX-512: False", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>In the child: writes the bits and ends, before any test is looked for.</summary>
    [ModuleInitializer]
    internal static void WriteBits()
    {
        if (Environment.GetEnvironmentVariable(FileVariable) is not { } file) return;
        File.WriteAllText(file, $"{Bits():x16} AVX-512: {Avx512F.IsSupported}");
        Environment.Exit(0);
    }

    private static ulong Bits()
    {
        ulong hash = 14695981039346656037;
        var draws = new Draws(17);
        Vector256<uint> id = Vector256<uint>.Indices;
        for (int week = 0; week < 200; week++)
        {
            Vector256<float> u = draws.Uniform(1, week, id, id + id, week), x = (u - Vector256.Create(0.5f)) * 180f;
            Add(u.AsUInt64());
            Add(Deterministic.Exp(x).AsUInt64());
            Add(Deterministic.Log(u * u).AsUInt64());
            Add(Deterministic.Logistic(x).AsUInt64());
            Add(Deterministic.Pow(u, x * 0.01f).AsUInt64());
            Add(Deterministic.ToFixed(x).AsUInt64());
            Add(draws.Exponential(2, week, id, id).AsUInt64());
            Add(Draws.InversePoisson(u * 20f, u.AsUInt32() * 77).AsUInt64());
            Add(Vector256.Create(draws.Normal(3, week, 5)).AsUInt64());
        }

        using var door = new Door(500, 3);
        for (int week = 0; week < 60; week++) door.Step();
        foreach ((int branch, int entry, uint slot, float hope, float belief, float ties) in RevolvingDoorTests.Everybody(door))
            Add(Vector256.Create(branch, entry, (int)slot, Int(hope), Int(belief), Int(ties), 0, 0).AsUInt64());
        return hash;

        void Add(Vector256<ulong> bits)
        {
            for (int i = 0; i < 4; i++) hash = (hash ^ bits[i]) * 1099511628211;
        }

        static int Int(float x) => BitConverter.SingleToInt32Bits(x);
    }
}
