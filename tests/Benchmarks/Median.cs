using System.Diagnostics;

namespace Benchmarks;

/// <summary>How long something takes: the median of five runs after two to warm up.</summary>
internal static class Median
{
    private const int Warmups = 2;
    private const int Runs = 5;

    public static async Task<double> MillisecondsAsync(Func<Task> work)
    {
        List<double> taken = [];
        for (var run = 0; run < Warmups + Runs; run++)
        {
            var start = Stopwatch.GetTimestamp();
            await work();
            taken.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return taken.Skip(Warmups).Order().ElementAt(Runs / 2);
    }
}
