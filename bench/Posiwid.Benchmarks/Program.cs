using BenchmarkDotNet.Running;
using Posiwid.Benchmarks;

// revolving-door … is the side-by-side comparison of bench/RevolvingDoor; anything else goes to BenchmarkDotNet (--filter '*').
if (args is ["revolving-door", .. string[] rest]) return Posiwid.Benchmarks.RevolvingDoor.Command.Run(rest);
if (args is ["whole-model", .. string[] more]) return WholeModel.Run(more);
if (args is ["fit"]) return FitCost.Run();
if (args is ["validation", .. string[] profiles]) return ValidationTables.Run(profiles);
if (args is ["experiments"]) return Experiments.Parts();
if (args is ["shapley", .. string[] lives]) return Experiments.Shapley(lives);
if (args is ["choices"]) return Instrument.Choices();
if (args is ["book", .. string[] rows]) return Instrument.Book(rows);
if (args is ["profile", .. string[] page]) return ProfileTables.Run(page);
if (args is ["survival", .. string[] sizes]) return Survival.Run(sizes);
if (args is ["yardstick"])
{
    Console.WriteLine($"a yard is {1e3 * Yardstick.Seconds():F3} ms here");
    return 0;
}

BenchmarkSwitcher.FromAssembly(typeof(Yardstick).Assembly).Run(args);
return 0;
