namespace Benchmarks.Soak.Chaos;

/// <summary>How this program starts itself.</summary>
internal static class ChaosProgram
{
    /// <summary>The program and its arguments.</summary>
    public static string[] Command(params string[] arguments)
    {
        // Under `dotnet Benchmarks.dll` the program is dotnet, else it is this one.
        var program = Environment.ProcessPath!;
        return Path.GetFileNameWithoutExtension(program) == "dotnet"
            ? [program, Path.Combine(AppContext.BaseDirectory, "Benchmarks.dll"), .. arguments]
            : [program, .. arguments];
    }
}
