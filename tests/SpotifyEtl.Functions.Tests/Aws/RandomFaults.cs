namespace SpotifyEtl.Functions.Tests.Aws;

/// <summary>Lets every fifth call fail, at random and in any way; the same seed gives the same draws.</summary>
internal sealed class RandomFaults(ulong seed)
{
    private readonly Lock _lock = new();
    private ulong _state = seed;

    public int Count { get; private set; }

    public Fault? Next(AwsRequest request)
    {
        lock (_lock)
        {
            if (Draw(5) != 0)
            {
                return null;
            }

            Count++;
            return (request.Service, Draw(5)) switch
            {
                (_, 0) => Fault.Reset,
                (_, 1) => Fault.LostAnswer,
                (_, 2) => Fault.InternalError,
                ("s3", 3) when request.Operation == "GetObject" => Fault.Cut((long)Draw(200)),
                ("s3", _) => Fault.SlowDown,
                _ => Fault.Error(400, "ThrottlingException", "Rate exceeded"),
            };
        }
    }

    // splitmix64
    private ulong Draw(ulong below)
    {
        _state += 0x9E3779B97F4A7C15;
        var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
        return (mixed ^ (mixed >> 31)) % below;
    }
}
