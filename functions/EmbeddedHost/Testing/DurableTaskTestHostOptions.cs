using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask.Testing;

/// <summary>What a test adds to its host.</summary>
public class DurableTaskTestHostOptions
{
    /// <summary>Adds services for activities.</summary>
    public Action<IServiceCollection>? ConfigureServices { get; set; }

    /// <summary>Where to log; null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Accepted and not used: this host opens no port.</summary>
    public int? Port { get; set; }
}
