using System.Text;
using CsCheck;
using Posiwid.Simulation.Scenarios;

namespace Posiwid.Tests.Simulation.Scenarios;

/// <summary>Whatever happens to a file, it is read or refused with a sentence; nothing else is ever thrown.</summary>
public class ScenarioFuzzTests
{
    private static readonly byte[] Iso = File.ReadAllBytes(TestScenario.Iso);

    private static readonly string[] Tokens =
    [
        "&a ", "*a", "!!map ", "!<x> ", "<<: ", "- ", "? ", ": ", "~", "null", "[", "]", "{", "}", ",", "\"", "'", "|", ">", "|2\n", "%", "---\n", "...\n",
        "\t", "\n", "\r", "#", " #", ".nan", ".inf", "-.inf", "1e999", "-1e-999", "0x10", "1_000", "99999999999999999999", "-0", "2000-02-30", "9999-12-31",
        "0001-01-01", "\0", "\u0085", "\u2028", "\uFEFF", "\U0001F4A9", "true", "..", "/etc/passwd", "=", "a=b=c", "iso.", ".", "%41", "\\", "\"\\ud800\"",
    ];

    [Fact]
    public void A_file_cut_anywhere_is_read_or_refused() =>
        Gen.Int[0, Iso.Length].Sample(length => Survives(Iso[..length]), iter: 150, threads: 1);

    [Fact]
    public void A_file_with_strange_bytes_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Iso.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])Iso.Clone();
                foreach (var (at, value) in changes) bytes[at] = value;
                Survives(bytes);
            },
            iter: 250, threads: 1);

    [Fact]
    public void A_file_with_strange_words_is_read_or_refused() =>
        Gen.Select(Gen.Int[0, Iso.Length], Gen.Int[0, 30], Gen.OneOf(Tokens)).Array[1, 3].Sample(
            changes =>
            {
                var bytes = Iso.ToList();
                foreach (var (at, removed, token) in changes)
                {
                    var from = Math.Min(at, bytes.Count);
                    bytes.RemoveRange(from, Math.Min(removed, bytes.Count - from));
                    bytes.InsertRange(from, Encoding.UTF8.GetBytes(token));
                }

                Survives([.. bytes]);
            },
            iter: 400, threads: 1);

    [Fact]
    public void Values_swapped_for_strange_ones_are_read_or_refused()
    {
        var lines = Encoding.UTF8.GetString(Iso).Split('\n');
        var stated = Enumerable.Range(0, lines.Length).Where(i => lines[i].Contains(':', StringComparison.Ordinal) && !lines[i].TrimStart().StartsWith('#')).ToArray();
        Gen.Select(Gen.OneOf(stated), Gen.OneOf(Tokens)).Array[1, 3].Sample(
            changes =>
            {
                var copy = (string[])lines.Clone();
                foreach (var (line, token) in changes) copy[line] = copy[line][..(copy[line].IndexOf(':', StringComparison.Ordinal) + 1)] + " " + token;
                Survives(Encoding.UTF8.GetBytes(string.Join('\n', copy)));
            },
            iter: 400, threads: 1);
    }

    [Fact]
    public void Noise_is_refused() => Gen.Byte.Array[0, 300].Sample(Survives, iter: 300, threads: 1);

    private static void Survives(byte[] bytes)
    {
        try
        {
            ScenarioFile.Parse(bytes, "iso.yaml", Posiwid.Tests.Simulation.Engine.Iso.Mechanisms, new DataFiles(TestScenario.Iso));
        }
        catch (ScenarioException e)
        {
            Assert.NotEmpty(e.Errors);
            Assert.All(e.Errors, error =>
            {
                Assert.True(error.Line >= 1 && error.Column >= 1);
                Assert.DoesNotContain('\n', error.Message);
            });
        }
    }
}
