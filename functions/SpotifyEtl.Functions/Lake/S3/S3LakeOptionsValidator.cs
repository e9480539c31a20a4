using Microsoft.Extensions.Options;
using SpotifyEtl.Errors;

namespace SpotifyEtl.Lake.S3;

/// <summary>Stops the start on a lake that is none on S3. The Local edition, which has others, looks for itself.</summary>
public sealed class S3LakeOptionsValidator : IValidateOptions<LakeOptions>
{
    public ValidateOptionsResult Validate(string? name, LakeOptions options)
    {
        try
        {
            S3Location.Parse(options.Uri);
            return ValidateOptionsResult.Success;
        }
        catch (EtlConfigurationException exception)
        {
            return ValidateOptionsResult.Fail(exception.Message);
        }
    }
}
