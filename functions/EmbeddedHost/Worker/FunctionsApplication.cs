namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where an isolated function app begins.</summary>
public class FunctionsApplication
{
    /// <summary>A builder with configuration, logging and services in place.</summary>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
