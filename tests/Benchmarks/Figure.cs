using System.Text.Json;
using System.Text.Json.Serialization;

namespace Benchmarks;

/// <summary>One measured figure, printed as a line of JSON.</summary>
/// <param name="Name">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="AtLeast">What it should be at least; null: nothing is said.</param>
/// <param name="AtMost">What it should be at most; null: nothing is said.</param>
internal sealed record Figure(string Name, double Value, string Unit, double? AtLeast, double? AtMost)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    public static void Print(string name, double value, string unit, double? atLeast = null, double? atMost = null) =>
        Console.WriteLine(JsonSerializer.Serialize(new Figure(name, Math.Round(value, 2), unit, atLeast, atMost), s_json));

    /// <summary>The most memory that this process has had (resident, MB).</summary>
    public static double PeakMegabytes()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        return process.PeakWorkingSet64 / 1048576.0;
    }
}
