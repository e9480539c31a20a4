using System.Text;

namespace Benchmarks.Soak.Chaos;

/// <summary>
/// What activities did, outside of the engine's store: one line as each begins and one as it ends, on the disk before it goes on.
/// </summary>
internal sealed class EffectLog : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file;
    private readonly int _life;
    private readonly Dictionary<string, int> _failures = new(StringComparer.Ordinal);

    /// <param name="path">The file.</param>
    /// <param name="life">Which start of the host this is.</param>
    public EffectLog(string path, int life)
    {
        _life = life;
        foreach (var effect in Read(path).Where(effect => effect.What is EffectKind.Failed))
        {
            CountFailure(effect.Key);
        }

        _file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0, FileOptions.WriteThrough);
        CutOffTornLine(_file);
    }

    /// <summary>The lines of a file, in order. The last may be cut short by a kill: it does not count.</summary>
    public static IReadOnlyList<Effect> Read(string path)
    {
        if (!File.Exists(path))
        {
            return [];
        }

        using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using StreamReader reader = new(file);
        var lines = reader.ReadToEnd().Split('\n');
        return [.. lines[..^1].Select(Effect.Parse)];
    }

    /// <summary>How many attempts of this call have failed, in this life and those before.</summary>
    public int FailuresOf(string key)
    {
        lock (_gate)
        {
            return _failures.GetValueOrDefault(key);
        }
    }

    public void Add(EffectKind what, string instanceId, string key)
    {
        var line = Encoding.UTF8.GetBytes(new Effect(_life, what, instanceId, key) + "\n");
        lock (_gate)
        {
            _file.Write(line);
            if (what is EffectKind.Failed)
            {
                CountFailure(key);
            }
        }
    }

    public void Dispose() => _file.Dispose();

    // A line that a kill cut short must not be the beginning of the next one.
    private static void CutOffTornLine(FileStream file)
    {
        var end = file.Length;
        while (end > 0)
        {
            file.Position = end - 1;
            if (file.ReadByte() == '\n')
            {
                break;
            }

            end--;
        }

        file.SetLength(end);
        file.Position = end;
    }

    private void CountFailure(string key) => _failures[key] = _failures.GetValueOrDefault(key) + 1;
}
