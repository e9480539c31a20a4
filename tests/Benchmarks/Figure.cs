using System.Text.Json;

namespace Benchmarks;

/// <summary>One measured figure, printed as a line of JSON.</summary>
internal sealed record Figure(string Name, double Value, string Unit)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web);

    public static void Print(string name, double value, string unit) =>
        Console.WriteLine(JsonSerializer.Serialize(new Figure(name, Math.Round(value, 2), unit), s_json));

    /// <summary>The most memory that this process has had (resident, MB).</summary>
    public static double PeakMegabytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
