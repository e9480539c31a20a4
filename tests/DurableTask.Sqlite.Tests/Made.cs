using DurableTask.Core;

namespace DurableTask.Sqlite.Tests;

/// <summary>Makes what the framework asks for by name and version.</summary>
internal sealed class Made<T> : ObjectCreator<T>
{
    private readonly Func<T> _make;

    public Made(string name, string version, Func<T> make)
    {
        Name = name;
        Version = version;
        _make = make;
    }

    public override T Create() => _make();
}
