#!/usr/bin/env dotnet
#:project ../../src/Posiwid.Simulation/Posiwid.Simulation.csproj

// Granovetter's threshold model (1978) in one file, on the engine's primitives. Somebody joins a riot, a strike or a wave of criticism as soon
// as enough others have. Two crowds can differ in one person and end far apart; the mean threshold says little about what a crowd does.
//
// It must print:
//
//   thresholds 0, 1, 2 ... 99:                    100 of 100 act
//   the same, but the 1 is a 2:                     1 of 100 act
//   normal thresholds, mean 25, spread 5:           0 of 100 act
//   normal thresholds, mean 25, spread 10:          1 of 100 act
//   normal thresholds, mean 25, spread 12:          3 of 100 act
//   normal thresholds, mean 25, spread 13:        100 of 100 act
//   normal thresholds, mean 25, spread 20:        100 of 100 act
//   drawn thresholds, spread 5: fewer than half act in 1000 of 1000 crowds
//   drawn thresholds, spread 20: fewer than half act in 3 of 1000 crowds

using System.Numerics;
using System.Runtime.Intrinsics;
using Posiwid.Simulation.Engine;

Show("thresholds 0, 1, 2 ... 99", i => i);
Show("the same, but the 1 is a 2", i => i == 1 ? 2 : i);

// Each person stands for one hundredth of the distribution. Granovetter found the jump at a spread of about 12.2.
foreach (var spread in new[] { 5, 10, 12, 13, 20 })
    Show($"normal thresholds, mean 25, spread {spread}", i => 25 + spread * (float)Draws.InverseNormal((i + 0.5) / Crowd.Size));

// The same with a hundred people drawn at random. A draw's address is (seed; mechanism, week, subject): here the crowd's number stands for the week.
var draws = new Draws(seed: 1);
var person = Draws.MechanismKey("person");
foreach (var spread in new[] { 5, 20 })
{
    var quiet = Enumerable.Range(0, 1000).Count(crowd => new Crowd(i => 25 + spread * draws.Normal(person, crowd, (ulong)i)).Settle() < Crowd.Size / 2);
    Console.WriteLine($"drawn thresholds, spread {spread}: fewer than half act in {quiet} of 1000 crowds");
}

static void Show(string what, Func<int, float> threshold) =>
    Console.WriteLine($"{what + ":",-42} {new Crowd(threshold).Settle(),6} of {Crowd.Size} act");

/// <summary>A hundred people, kept as the engine keeps members: in blocks of eight, a row of eight numbers for each attribute.</summary>
internal sealed class Crowd
{
    public const int Size = 100;
    private const int Threshold = 0;
    private readonly Roll roll = new(new MemberBlocks(columns: 1));

    public Crowd(Func<int, float> threshold)
    {
        for (var i = 0; i < Size; i++)
            roll.At(roll.Add(), Threshold) = threshold(i);
    }

    /// <summary>How many act when nobody changes his or her mind any more.</summary>
    public int Settle()
    {
        var acting = 0;
        for (var before = -1; acting != before;)
            (before, acting) = (acting, WhoseThresholdIsReached(acting));
        return acting;
    }

    private int WhoseThresholdIsReached(int acting)
    {
        var count = 0;
        for (var i = 0; i < roll.BlockCount; i++)
        {
            var thresholds = Vector256.LoadUnsafe(ref roll.Row(i, Threshold));
            var reached = Vector256.LessThanOrEqual(thresholds, Vector256.Create((float)acting)) & roll.FloatMask(i);
            count += BitOperations.PopCount(reached.ExtractMostSignificantBits());
        }

        return count;
    }
}
