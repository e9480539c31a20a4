using System.Text;

namespace SpotifyEtl.Functions.Tests.Docs;

/// <summary>
/// What of a document follows from the code: the lines between one that says <c>generated: {name}</c> and the next that says <c>end of {name}</c>, or all of
/// it. With the environment variable GENERATED=write the tests that compare it write it.
/// </summary>
internal sealed record GeneratedPart(string File, string? Name, Func<string> Text)
{
    private static bool Writes => Environment.GetEnvironmentVariable("GENERATED") == "write";

    /// <summary>Compares the part with what the code says now.</summary>
    public void Check()
    {
        var path = Path.Combine(Repository.Root, File);
        var lines = System.IO.File.ReadAllLines(path);
        var first = Name is null ? -1 : Line(lines, $"generated: {Name}");
        var last = Name is null ? lines.Length : Line(lines, $"end of {Name}");
        var wanted = Text().ReplaceLineEndings("\n").TrimEnd('\n');
        if (Writes)
        {
            var all = string.Join('\n', [.. lines[..(first + 1)], wanted, .. lines[last..]]) + "\n";
            System.IO.File.WriteAllText(path, all, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return;
        }

        Assert.True(
            wanted == string.Join('\n', lines[(first + 1)..last]).TrimEnd('\n'),
            $"{File}, {Name ?? "the whole"}, is not what the code says. GENERATED=write dotnet test writes it anew; it should be:\n{wanted}");
    }

    private int Line(string[] lines, string mark)
    {
        var found = Array.FindIndex(lines, line => line.Contains(mark, StringComparison.Ordinal));
        Assert.True(found >= 0, $"{File} has no line that says '{mark}'.");
        return found;
    }
}
