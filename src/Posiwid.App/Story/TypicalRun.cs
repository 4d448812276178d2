using Posiwid.Simulation.Experiments;

namespace Posiwid.App.Story;

/// <summary>
/// The run to look into: the one whose membership is most central. In every year the runs are ranked by their mean membership
/// (equal ones share the mean of their ranks); the typical run is the one whose ranks lie nearest to the middle, summed over years.
/// Of equally central runs the first stands.
/// </summary>
public static class TypicalRun
{
    /// <summary>Finds it.</summary>
    public static RunResult Of(Summary summary)
    {
        var runs = summary.Result.Runs;
        var distance = new double[runs.Count];
        foreach (var year in summary.Years)
        {
            var size = runs.Select(r => summary.InYear(r, "members", year)).ToArray();
            var sorted = size.Order().ToArray();
            for (var i = 0; i < size.Length; i++)
            {
                var first = Array.BinarySearch(sorted, size[i]);
                var last = first;
                while (first > 0 && sorted[first - 1] == size[i])
                    first--;
                while (last < sorted.Length - 1 && sorted[last + 1] == size[i])
                    last++;
                distance[i] += Math.Abs((first + last) / 2.0 - (runs.Count - 1) / 2.0);
            }
        }
        return runs[Array.IndexOf(distance, distance.Min())];
    }
}
