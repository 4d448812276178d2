using Posiwid.Simulation.Engine;
using Posiwid.Simulation.Experiments;
using Posiwid.Tests.Simulation.Mechanisms;

namespace Posiwid.Tests.Simulation.Experiments;

/// <summary>What is recorded every four weeks.</summary>
public class MeasureRecorderTests
{
    // All ten speak in each of four weeks; eight leave in the last. Of 10 + 10 + 10 + (2 + 8) weeks of members all 40 had something to say.
    [Fact]
    public void Voice_is_a_share_of_those_who_were_there()
    {
        var tiny = new Tiny().AddMany(10, MemberFlags.None);
        var recorder = new MeasureRecorder(tiny.World.Setting);
        for (var week = 0; week < MeasureCatalog.WeeksBetween; week++)
        {
            tiny.Branch.Count(Flow.Spoke, 10);
            for (var gone = 0; week == MeasureCatalog.WeeksBetween - 1 && gone < 8; gone++)
                tiny.World.Leave(tiny.Branch, 0, "resigned");
            CensusTaker.Take(tiny.Branch);
            tiny.World.PrepareTotals(1);
            Gather.Chunk(tiny.World, 0, new([tiny.Branch]));
            Gather.Take(tiny.World, tiny.Club);
            Gather.Finish(tiny.World);
            tiny.World.Week++;
        }

        recorder.Sample(tiny.World);
        var measures = MeasureCatalog.Of(tiny.World.Setting.Scenario).Select(m => m.Id).ToList();
        Assert.Equal((2, 1), (recorder.Values[measures.IndexOf("members")][0], recorder.Values[measures.IndexOf("voice")][0]));
    }
}
