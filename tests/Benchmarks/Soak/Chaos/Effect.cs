using System.Globalization;

namespace Benchmarks.Soak.Chaos;

internal enum EffectKind
{
    Started,
    Succeeded,
    Failed,
}

/// <summary>One line of the effect log.</summary>
/// <param name="Life">Which start of the host it was, from 1.</param>
/// <param name="What">What happened.</param>
/// <param name="InstanceId">The orchestration that called.</param>
/// <param name="Key">The call: unique in a round, the same for its retries.</param>
internal sealed record Effect(int Life, EffectKind What, string InstanceId, string Key)
{
    public static Effect Parse(string line)
    {
        var fields = line.Split(' ');
        return new Effect(int.Parse(fields[0], CultureInfo.InvariantCulture), Enum.Parse<EffectKind>(fields[1]), fields[2], fields[3]);
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Life} {What} {InstanceId} {Key}");
}
