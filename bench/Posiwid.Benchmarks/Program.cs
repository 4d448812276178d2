using System.Diagnostics;
using Posiwid.Benchmarks.RevolvingDoor;

foreach (var (f, n) in new[] { ("1000-1000", 1000) })
{
    if (args.Length == 0) continue;
    Console.WriteLine(Checks.WorkedExample());
    var ours = Enumerable.Range(1, args.Length).Select(s => Checks.Run(n, (ulong)s)).ToArray();
    Console.WriteLine(Checks.Compare(Checks.Read($"bench/RevolvingDoor/reference-n{f}.csv"), ours, Console.Out));
}
foreach (int n in new[] { 1000, 100000, 1000000 })
foreach (int threads in new[] { 1, 1, 1 })
{
    using var d = new Door(n, 1, threads);
    for (int i = 0; i < 300; i++) d.Step();
    int weeks = Math.Max(30, 20_000_000 / n);
    long aw = 0; var sw = Stopwatch.StartNew(); long a0 = GC.GetAllocatedBytesForCurrentThread();
    for (int i = 0; i < weeks; i++) { aw += d.Size; d.Step(); }
    Console.WriteLine($"{n} {threads} {aw / sw.Elapsed.TotalSeconds / 1e6:F1} M/s alloc {GC.GetAllocatedBytesForCurrentThread() - a0} bytes/person {d.Bytes / (double)n:F1} size {d.Size}");
}
